export function KeyCap({ keys }: { readonly keys: readonly string[] }) {
  return (
    <>
      {keys.map(key => (
        <kbd className="kbd" key={key} aria-hidden="true">
          {key}
        </kbd>
      ))}
    </>
  )
}
