import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { SessionView } from '#domain/contract.ts'
import { startDemoCentre } from '../../electron/launch/demo-centre.mjs'
import { driveElectron } from '../tour/driver.ts'

const PASSPHRASE = '青い 机 と 静かな 湖 42'

// Run by the launcher in a session of its own with an unlocked keyring (playwright.config.ts).
test('with an OS keychain the vault rests on two secrets, and without the second one the passphrase opens nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'panelbench-keychain-'))
  const profile = join(folder, 'profile')
  const centre = await startDemoCentre({ profile, dir: join(folder, 'centre') })
  try {
    const first = await driveElectron({ profile, centre: centre.origin })
    await first.signIn('kono', 'kono-demo-2026', () => centre.command('code', 'kono').code as string)
    await first.page.getByTestId('passphrase').fill(PASSPHRASE)
    await first.page.getByTestId('passphrase-again').fill(PASSPHRASE)
    await first.page.getByTestId('set-passphrase').click()
    await first.page.getByTestId('rail-cases').waitFor()
    const session = (await first.page.evaluate(async () => (await fetch('/api/session')).json())) as SessionView
    expect(session.protection.kind).toBe('keychain-and-passphrase')
    await first.stop()
    const sealed = readFileSync(join(profile, 'device-secret.bin'))
    expect(sealed.length).toBeGreaterThan(32)

    const again = await driveElectron({ profile, centre: centre.origin })
    await again.page.getByTestId('locked').locator('input[type=password]').fill(PASSPHRASE)
    await again.page.keyboard.press('Enter')
    await again.page.getByTestId('rail-cases').waitFor()
    await again.stop()

    rmSync(join(profile, 'device-secret.bin'))
    const stolen = await driveElectron({ profile, centre: centre.origin })
    const status = await stolen.page.evaluate(async passphrase => {
      const response = await fetch('/api/session/unlock', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ passphrase }),
      })
      return ((await response.json()) as { code?: string }).code
    }, PASSPHRASE)
    expect(status).toBe('device-secret-missing')
    await stolen.stop()
  } finally {
    centre.stop()
    await centre.exited
    rmSync(folder, { recursive: true, force: true })
  }
})
