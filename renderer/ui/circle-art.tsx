const R = 286
const point = (r: number, turn: number) => [300 + r * Math.cos(turn), 300 + r * Math.sin(turn)] as const
const at = (r: number, turn: number) =>
  point(r, turn)
    .map(n => n.toFixed(1))
    .join(' ')

/** A fixed pattern after a genome in a circle; it shows nobody's data. */
export function CircleArt({ className }: { readonly className: string }) {
  const arcs = Array.from({ length: 24 }, (_, i) => {
    const from = (i / 24) * 2 * Math.PI
    return {
      key: i,
      d: `M${at(R, from)}A${R} ${R} 0 0 1 ${at(R, from + 0.225)}`,
      width: i % 3 === 0 ? 9 : 5,
      opacity: 0.16 + (i % 4) * 0.1,
    }
  })
  const dots = Array.from({ length: 90 }, (_, i) => point(225 + ((i * 37) % 30), i * 0.0698 + ((i * 13) % 7) * 0.01))
  const chords = Array.from({ length: 18 }, (_, i) => {
    const from = i * 0.349
    return {
      key: i,
      d: `M${at(205, from)}Q${at(30 + ((i * 53) % 110), from + 0.4)} ${at(205, from + 0.5 + ((i * 29) % 20) / 8)}`,
    }
  })
  return (
    <svg className={className} viewBox="0 0 600 600" aria-hidden="true">
      {arcs.map(it => (
        <path key={it.key} d={it.d} stroke="#fff" strokeWidth={it.width} fill="none" opacity={it.opacity} />
      ))}
      {dots.map(([x, y]) => (
        <circle key={`${x}-${y}`} cx={x} cy={y} r={1.5} fill="#fff" opacity={0.38} />
      ))}
      {chords.map(it => (
        <path key={it.key} d={it.d} stroke="#fff" strokeWidth={1} fill="none" opacity={0.26} />
      ))}
      <path d={`M${at(205, -0.5)}Q320 330 ${at(205, 2.5)}`} stroke="#F4B7A0" strokeWidth={3} fill="none" />
    </svg>
  )
}
