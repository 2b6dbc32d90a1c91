import type { Text } from './text.ts'

/** Every failure a person can meet: one sentence that says what happened and what to do. The code travels; the sentence is chosen by language. */
export const PROBLEMS = {
  // unlocking and signing in
  locked: {
    ja: 'この端末は施錠されています。パスフレーズで解錠してください。',
    en: 'This workstation is locked. Unlock it with the passphrase.',
  },
  'wrong-passphrase': {
    ja: 'パスフレーズが違います。表示の時間が過ぎてから、もう一度入力してください。',
    en: 'The passphrase is not right. Wait the time shown, then try again.',
  },
  'too-many-tries': {
    ja: '誤りが続いたため閉じました。データセンターに接続してサインインし直してください。',
    en: 'Closed after too many wrong tries. Connect and sign in to the data centre again.',
  },
  'passphrase-too-short': { ja: 'パスフレーズは13文字以上にしてください。', en: 'Use a passphrase of at least 13 characters.' },
  'vault-damaged': {
    ja: '鍵ファイルを読めません。管理者に連絡し、端末を登録し直してください。未送信の記録は残っています。',
    en: 'The key file cannot be read. Ask the administrator to enrol this device again; unsent records are kept.',
  },
  'device-secret-missing': {
    ja: 'OSの鍵保管庫からこの端末の秘密を取り出せません。同じ利用者でログインしているか確かめてください。',
    en: 'The OS keychain does not hold this device’s secret. Check that you are logged in as the same user.',
  },
  'sign-in-refused': {
    ja: 'サインインできませんでした。もう一度サインインしてください。',
    en: 'Sign-in did not succeed. Sign in again.',
  },
  'sign-in-cancelled': { ja: 'サインインを取りやめました。', en: 'Sign-in was cancelled.' },
  'another-user': {
    ja: 'この端末の記録は別の利用者のものです。その利用者でサインインするか、別の端末を使ってください。',
    en: 'The records on this device belong to another user. Sign in as that user, or use another device.',
  },
  'second-factor-missing': {
    ja: '二要素認証の証明がありません。第二要素を使ってサインインしてください。',
    en: 'The sign-in carried no second factor. Sign in with your second factor.',
  },
  'sign-in-needed': {
    ja: 'データセンターへのサインインが必要です。手元の症例はこのまま読めます。',
    en: 'Sign in to the data centre to go on syncing. Cases on this device stay readable.',
  },
  'not-enrolled': {
    ja: 'この端末はまだデータセンターに登録されていません。管理者から受け取った登録ファイルを置いてください。',
    en: 'This device is not joined to a data centre yet. Put the enrolment file from your administrator in its place.',
  },
  'already-running': {
    ja: 'Panelbench はすでに動いています。開いている画面を使ってください。',
    en: 'Panelbench is already running. Use the window that is open.',
  },
  'port-taken': {
    ja: '決められたポートをほかのプログラムが使っています。それを終了してから起動し直してください。',
    en: 'Another program holds our port. Close it and start again.',
  },
  // centre and transport
  'centre-unreachable': {
    ja: 'データセンターに届きません。手元の症例で続けられます。接続が戻れば自動で送ります。',
    en: 'The data centre cannot be reached. Go on with the cases here; sending resumes by itself.',
  },
  'centre-slow': {
    ja: 'データセンターの応答が遅いため中断しました。あとで自動で再開します。',
    en: 'The data centre was too slow; the transfer stopped and resumes by itself.',
  },
  'centre-failed': {
    ja: 'データセンターで障害が起きています。あとで自動で再開します。',
    en: 'The data centre reports a failure; we try again by ourselves.',
  },
  'centre-not-ours': {
    ja: '接続先の証明書がデータセンターのものではありません。ネットワーク管理者に知らせてください。',
    en: 'The certificate is not our data centre’s. Tell the network administrator.',
  },
  'centre-refused': {
    ja: 'データセンターがこの操作を認めませんでした。権限を確かめてください。',
    en: 'The data centre did not allow this. Check your rights.',
  },
  'protocol-broken': {
    ja: 'データセンターの応答を理解できません。版が合っているか管理者に確かめてください。',
    en: 'The data centre’s answer cannot be understood. Ask the administrator whether versions match.',
  },
  // manifests and files
  'manifest-unsigned': {
    ja: '症例の目録に正しい署名がありません。前の版をそのまま使います。',
    en: 'The case manifest has no valid signature. The earlier version stays in use.',
  },
  'manifest-foreign': {
    ja: '別の症例または別の署名者の目録が届きました。前の版をそのまま使います。',
    en: 'The manifest belongs to another case or signer. The earlier version stays in use.',
  },
  'manifest-expired': {
    ja: '症例の目録の期限が切れています。センターの新しい目録を待ちます。',
    en: 'The case manifest has expired. We wait for a new one from the centre.',
  },
  'manifest-older': {
    ja: '手元より古い版の目録が届いたため受け取りませんでした。',
    en: 'An older manifest than ours arrived and was not taken.',
  },
  'file-damaged': {
    ja: '受け取ったファイルが目録と一致しません。取り直します。',
    en: 'A received file does not match the manifest; it is fetched again.',
  },
  'key-does-not-fit': {
    ja: 'この症例の鍵では開けません。センターに鍵の再発行を求めてください。',
    en: 'This case’s key does not open the file. Ask the centre for a new grant.',
  },
  'disk-full': {
    ja: 'ディスクがいっぱいです。空きを作ってから続けてください。受け取り済みの症例と記録は無事です。',
    en: 'The disk is full. Free some space and go on; received cases and records are safe.',
  },
  'not-here': {
    ja: 'この症例またはファイルは手元にありません。接続して取得してください。',
    en: 'This case or file is not on this device. Connect and fetch it.',
  },
  cancelled: { ja: '取り消しました。', en: 'Cancelled.' },
  withdrawn: { ja: '同意撤回により閉じました。', en: 'Closed because consent was withdrawn.' },
  // reading
  'wrong-assembly': {
    ja: 'ファイルの参照配列が症例と違います（{found} ≠ {expected}）。座標を取り違えないよう表示しません。',
    en: 'The file’s assembly differs from the case’s ({found} ≠ {expected}). It is not shown, so that positions cannot be mistaken.',
  },
  'index-mismatch': {
    ja: '索引がこのリードファイルのものではありません。正しい索引を受け取るまで表示しません。',
    en: 'The index is not this file’s. Nothing is shown until the right one arrives.',
  },
  'reads-damaged': {
    ja: 'リードファイルを読めません（途中で切れているか壊れています）。センターに再送を求めてください。',
    en: 'The read file is cut off or damaged. Ask the centre to send it again.',
  },
  'vcf-broken': { ja: 'VCF の {line} 行目が書式に合いません。', en: 'Line {line} of the VCF breaks its grammar.' },
  'record-broken': {
    ja: '症例の記録の形式が合いません。センターに知らせてください。前の版をそのまま使います。',
    en: 'The case record is not in the expected form. Tell the centre; the earlier version stays in use.',
  },
  // recording
  'could-not-record': {
    ja: '記録できませんでした。判断はまだ未記録です。',
    en: 'Could not record. The decision is still unrecorded.',
  },
  'journal-damaged': {
    ja: '記録簿の途中が壊れています。管理者に連絡してください。続きの記録は止めています。',
    en: 'The journal is damaged in the middle. Call the administrator; recording is stopped.',
  },
  'clock-off': {
    ja: '時計が大きくずれています。時刻を直してから確定してください。',
    en: 'The clock is far off. Set it right before finalising.',
  },
  'act-conflict': {
    ja: '同じ所見に別の端末の判断があります。両方を残しました。人が決めてください。',
    en: 'Another workstation decided on the same finding. Both are kept; a person decides.',
  },
  'act-refused': {
    ja: 'データセンターがこの記録を受け付けませんでした。内容を確かめてください。',
    en: 'The data centre did not accept this record. Look at its content.',
  },
  'finding-unknown': {
    ja: 'この所見は今の版にありません。症例を開き直してください。',
    en: 'This finding is not in the present version. Open the case again.',
  },
  // requests
  'bad-request': { ja: '要求の形が正しくありません。', en: 'The request is not in the expected form.' },
  'too-large': { ja: '大きすぎるため受け取りませんでした。', en: 'Too large to be taken.' },
  'backend-gone': {
    ja: 'Panelbench 本体から応答がありません。判断は未記録のままです。少し待つか、起動し直してください。',
    en: 'The workstation program does not answer. Nothing was recorded. Wait a moment or start it again.',
  },
  'not-found': { ja: '見つかりません。', en: 'Not found.' },
  forbidden: { ja: '許されていない操作です。', en: 'This is not allowed.' },
  internal: {
    ja: '内部で問題が起きました（番号 {id}）。もう一度試し、続くときは番号を管理者に伝えてください。',
    en: 'Something went wrong inside (number {id}). Try again; if it stays, give the number to the administrator.',
  },
} as const satisfies Record<string, Text>

export type ProblemCode = keyof typeof PROBLEMS

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEMS, text)
}

/** Fills `{name}` places; unknown places stay as they are. */
export function sentence(
  code: ProblemCode,
  language: 'ja' | 'en',
  values: Readonly<Record<string, string | number>> = {},
): string {
  return PROBLEMS[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** A failure with a code of the table; `values` fill its sentence. Thrown at depth, turned into RFC 9457 JSON at the door. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: ProblemCode, values: Readonly<Record<string, string | number>> = {}, options?: { readonly cause?: unknown }) {
    super(code, options)
    this.name = 'Problem'
    this.code = code
    this.values = values
  }
}

/** HTTP status of each code at our own doors; what is not named is 400. */
export function statusOf(code: ProblemCode): number {
  switch (code) {
    case 'locked':
    case 'sign-in-needed':
      return 401
    case 'forbidden':
    case 'wrong-passphrase':
    case 'too-many-tries':
      return 403
    case 'not-found':
    case 'not-here':
    case 'finding-unknown':
      return 404
    case 'act-conflict':
      return 409
    case 'withdrawn':
      return 410
    case 'too-large':
      return 413
    case 'disk-full':
      return 507
    case 'internal':
    case 'could-not-record':
    case 'journal-damaged':
      return 500
    default:
      return 400
  }
}
