// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { createKeyboard } from './keyboard.ts'

function aKeyboard({ singleKeys = true, blocked = false } = {}) {
  const pressed: string[] = []
  let time = 0
  const keyboard = createKeyboard({ now: () => time, singleKeys: () => singleKeys, blocked: () => blocked })
  const bind = (...keys: string[]) =>
    keyboard.add(() => keys.map(it => ({ keys: it, run: () => pressed.push(it), inFields: it.startsWith('Ctrl+k') })))
  const press = (key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
    Object.defineProperty(event, 'target', { value: target })
    keyboard.handle(event)
    return event
  }
  return { keyboard, pressed, bind, press, wait: (ms: number) => (time += ms) }
}

test('a letter acts, and prevents what the browser would do', () => {
  const { bind, press, pressed } = aKeyboard()
  bind('j')
  expect(press('j').defaultPrevented).toBe(true)
  expect(press('q').defaultPrevented).toBe(false)
  expect(pressed).toEqual(['j'])
})

test('letters are off in text fields, keys with Ctrl that ask for it are not', () => {
  const { bind, press, pressed } = aKeyboard()
  bind('x', 'Ctrl+k')
  const field = document.createElement('textarea')
  press('x', {}, field)
  press('k', { ctrlKey: true }, field)
  expect(pressed).toEqual(['Ctrl+k'])
})

test('nothing acts while Japanese is being composed', () => {
  const { bind, press, pressed } = aKeyboard()
  bind('x', 'Enter')
  press('x', { isComposing: true })
  press('Enter', { keyCode: 229 } as KeyboardEventInit)
  expect(pressed).toEqual([])
})

test('two keys one after the other make a pair, but not after a long pause', () => {
  const { bind, press, pressed, wait } = aKeyboard()
  bind('g c', 'c')
  press('g')
  press('c')
  press('g')
  wait(2000)
  press('c')
  expect(pressed).toEqual(['g c', 'c'])
})

test('the newest layer wins and gives the key back when it leaves', () => {
  const { keyboard, bind, press, pressed } = aKeyboard()
  bind('o')
  const leave = keyboard.add(() => [{ keys: 'o', run: () => pressed.push('dialog') }])
  press('o')
  leave()
  press('o')
  expect(pressed).toEqual(['dialog', 'o'])
})

test('single letters can be switched off, and are off behind a dialog', () => {
  const off = aKeyboard({ singleKeys: false })
  off.bind('j', 'F6')
  off.press('j')
  off.press('F6')
  expect(off.pressed).toEqual(['F6'])
  const behind = aKeyboard({ blocked: true })
  behind.bind('j')
  behind.press('j')
  expect(behind.pressed).toEqual([])
})
