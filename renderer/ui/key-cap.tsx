export function KeyCap({ keys }: { readonly keys: readonly string[] }) {
  return (
    <>
      {keys.map(key => (
        <span className="kbd" key={key} aria-hidden="true">
          {key}
        </span>
      ))}
    </>
  )
}
