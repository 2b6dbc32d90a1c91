/** The product's mark; its colour is the text colour. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 34 34" role="img" aria-label="Panelbench">
      <rect x="1.5" y="1.5" width="31" height="31" rx="8" fill="currentColor" />
      <g stroke="var(--mark-ink, var(--surface))" strokeWidth="2.2" strokeLinecap="round" fill="none">
        <path d="M9 10.5h16" />
        <path d="M9 17h10.5" />
        <path d="M9 23.5h6" />
      </g>
      <circle cx="23.5" cy="22.5" r="2.7" fill="var(--mark-ink, var(--surface))" />
    </svg>
  )
}
