import type { Words } from '../i18n/words.ts'

export interface KeyLine {
  readonly caps: readonly string[]
  readonly word: Exclude<keyof Words['keys'], 'title' | 'note' | 'groups'>
}

/** What the `?` sheet shows, screen by screen. The bindings themselves stand in the screens. */
export const KEY_MAP: Readonly<Record<keyof Words['keys']['groups'], readonly KeyLine[]>> = {
  move: [
    { caps: ['j', 'k'], word: 'nextRow' },
    { caps: ['n'], word: 'nextOpen' },
    { caps: ['[', ']'], word: 'nextLevel' },
    { caps: ['Enter'], word: 'open' },
    { caps: ['u'], word: 'back' },
    { caps: ['Home', 'End'], word: 'ends' },
    { caps: ['F6'], word: 'pane' },
    { caps: ['Alt', '1–6'], word: 'tabs' },
  ],
  decide: [
    { caps: ['1', '2', '3', '4'], word: 'tier' },
    { caps: ['p'], word: 'pin' },
    { caps: ['x'], word: 'dismiss' },
    { caps: ['o'], word: 'order' },
    { caps: ['c'], word: 'comment' },
    { caps: ['Ctrl', '↵'], word: 'record' },
    { caps: ['z'], word: 'takeBack' },
  ],
  reads: [
    { caps: ['b'], word: 'sort' },
    { caps: ['s'], word: 'strand' },
    { caps: ['W'], word: 'whole' },
    { caps: ['A'], word: 'breakpointA' },
    { caps: ['B'], word: 'breakpointB' },
    { caps: ['w'], word: 'paired' },
    { caps: ['+', '−'], word: 'zoom' },
    { caps: ['←', '→'], word: 'pan' },
    { caps: ['g', 'l'], word: 'goLocus' },
  ],
  anywhere: [
    { caps: ['Ctrl', 'K'], word: 'palette' },
    { caps: ['?'], word: 'sheet' },
    { caps: ['/'], word: 'filter' },
    { caps: ['g', 'c'], word: 'cases' },
    { caps: ['g', 's'], word: 'sync' },
    { caps: ['Ctrl', 'L'], word: 'lock' },
  ],
}
