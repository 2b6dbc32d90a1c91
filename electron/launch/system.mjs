import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say } from './say.mjs'

/** Debian packages by what they are for; a probe tells whether it is there already. */
const PACKAGES = {
  electron: {
    probe: () => library('libgtk-3.so.0') && library('libnss3.so') && library('libasound.so.2') && library('libgbm.so.1'),
    names: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'],
  },
  display: { probe: () => onPath('Xvfb'), names: ['xvfb', 'xauth'] },
  browser: { probe: () => chromium() !== undefined, names: ['chromium'] },
  fonts: { probe: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'), names: ['fonts-noto-cjk'] },
  keyring: {
    probe: () => onPath('gnome-keyring-daemon') && onPath('dbus-run-session'),
    names: ['gnome-keyring', 'dbus-x11', 'dbus'],
  },
  checks: {
    probe: () => onPath('samtools') && onPath('bcftools') && onPath('pdftotext'),
    names: ['samtools', 'bcftools', 'poppler-utils'],
  },
}

/** Path of a Chromium that is installed, or undefined. */
export function chromium() {
  const named = process.env.CHROMIUM
  return [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    path => path && existsSync(path),
  )
}

export function onPath(command) {
  return (process.env.PATH ?? '').split(':').some(folder => folder && existsSync(`${folder}/${command}`))
}

function library(name) {
  return ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib/aarch64-linux-gnu', '/usr/lib'].some(
    folder => existsSync(`${folder}/${name}`),
  )
}

/**
 * Makes sure of the system libraries named. As root on Debian they are installed; otherwise the exact command is printed.
 * Answers whether all are there.
 */
export function ensureSystem(...wanted) {
  if (process.platform !== 'linux') return true
  const missing = wanted.filter(name => !PACKAGES[name].probe()).flatMap(name => PACKAGES[name].names)
  if (missing.length === 0) return true
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(`Missing on this machine: ${missing.join(', ')}. Install with:\n  sudo ${command}`)
    return false
  }
  say(`Installing ${missing.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
  const there = wanted.every(name => PACKAGES[name].probe())
  if (!there) say(`Could not install them (${done.status}). Try:\n  ${command}`)
  return there
}
