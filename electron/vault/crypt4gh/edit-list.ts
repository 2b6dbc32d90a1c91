/** A run of kept bytes: where it lies in the whole plain file, and where in the edited one. 0-based, half-open, in bytes. */
export interface KeptRun {
  readonly start: number
  readonly end: number
  readonly editedStart: number
}

/**
 * The runs that an edit list keeps of `plainSize` bytes: discard, keep, discard, keep …; an odd count keeps the rest;
 * a run past the end is cut there (ApplyEditList of the specification).
 */
export function keptRuns(edits: readonly number[] | undefined, plainSize: number): readonly KeptRun[] {
  const runs: KeptRun[] = []
  let position = 0
  let editedStart = 0
  const keepUpTo = (end: number) => {
    if (end > position) {
      runs.push({ start: position, end, editedStart })
      editedStart += end - position
    }
    position = end
  }
  if (!edits || edits.length === 0) keepUpTo(plainSize)
  for (let index = 0; index < (edits?.length ?? 0); index += 2) {
    position = Math.min(plainSize, position + (edits?.[index] ?? 0))
    const keep = edits?.[index + 1]
    keepUpTo(keep === undefined ? plainSize : Math.min(plainSize, position + keep))
  }
  return runs
}

/** The parts of the whole plain file that make up `[start, end)` of the edited one, in order. */
export function* partsOf(runs: readonly KeptRun[], start: number, end: number): Iterable<{ start: number; end: number }> {
  for (let index = firstRunAt(runs, start); index < runs.length; index++) {
    const run = runs[index]
    if (!run || run.editedStart >= end) return
    const shift = run.start - run.editedStart
    const from = Math.max(run.start, start + shift)
    const to = Math.min(run.end, end + shift)
    if (from < to) yield { start: from, end: to }
  }
}

/** By halving: an edit list may have a hundred thousand entries, and each small read asks. */
function firstRunAt(runs: readonly KeptRun[], position: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    const run = runs[middle]
    if (run && run.editedStart + run.end - run.start <= position) low = middle + 1
    else high = middle
  }
  return low
}

export function editedSize(runs: readonly KeptRun[]): number {
  const last = runs.at(-1)
  return last ? last.editedStart + last.end - last.start : 0
}
