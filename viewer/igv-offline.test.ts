import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cutOutsideCalls } from './igv-offline-plugin.mjs'

const source = readFileSync('node_modules/igv/dist/igv.esm.js', 'utf8')

/** Network primitives that may remain: one XHR, behind the own-origin check. */
function calls(text: string): string[] {
  return text
    .split('\n')
    .filter(line => !/^\s*(\/\/|\*)/.test(line) && line.length < 2000)
    .flatMap(
      line =>
        line.match(/(?<![.\w]|async )fetch\(|new XMLHttpRequest|new WebSocket|new EventSource|sendBeacon|importScripts/g) ?? [],
    )
}

test('as delivered, igv has ways out; cut, it has one door to our own origin', () => {
  expect(calls(source).length).toBeGreaterThan(4)
  const cut = cutOutsideCalls(source)
  expect(calls(cut)).toEqual(['new XMLHttpRequest'])
  expect(cut).toContain('.origin !== window.location.origin) { reject(Error("not available offline")); return }')
})

test('the servers that a patient’s variant or a read’s sequence went to are no longer named', () => {
  const cut = cutOutsideCalls(source)
  for (const host of ['eutils.ncbi', 'igv.org/services', 'igv.org/genomes/', 'igv.org/data/', 'raw.githubusercontent']) {
    expect(source).toContain(host)
    expect(cut).not.toContain(host)
  }
})

test('another version of igv stops the build', () => {
  expect(() => cutOutsideCalls(source.replace('async function getClinVarURL', 'async function clinVarURL'))).toThrow(
    'not the version',
  )
})
