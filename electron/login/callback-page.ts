/** What the browser shows after the provider sent it back: no script, nothing to load, nothing to tell. */
export function callbackPage(outcome: 'done' | 'failed'): { readonly html: string; readonly headers: Record<string, string> } {
  const [ja, en] =
    outcome === 'done'
      ? [
          'サインインしました。この画面を閉じて Panelbench に戻ってください。',
          'Signed in. Close this page and go back to Panelbench.',
        ]
      : [
          'サインインできませんでした。Panelbench に戻ってやり直してください。',
          'Sign-in did not succeed. Go back to Panelbench and try again.',
        ]
  const html = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Panelbench</title><body style="font:16px/1.7 sans-serif;margin:20vh auto;max-width:30em;color:#191c22"><p>${ja}</p><p lang="en" style="color:#626771">${en}</p></body></html>`
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      connection: 'close',
    },
  }
}
