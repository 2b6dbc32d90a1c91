import { IconBan, IconCheck, IconClock } from '@tabler/icons-react'
import { WISH_CELLS, type WishAnswer, wishOn } from '#domain/wish.ts'
import { useDesk, useLanguage, useReview, useWords } from '../../desk.ts'
import { ageSex, say } from '../../i18n/format.ts'

const today = (now: Date) =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`

const TONE: Readonly<Record<WishAnswer, string>> = { wants: 'o', 'does-not-want': 'o', 'not-now': 'yama', 'not-asked': 'yama' }

/** Wishes of the day; secondary ones are said in the same way whatever the case holds. */
export function useWishes() {
  const { now } = useDesk()
  const wishes = useReview(it => it.view?.record.wishes) ?? []
  const day = today(now())
  return WISH_CELLS.map(cell => {
    const answer = wishOn(wishes, cell, day)
    return { cell, answer, entry: wishes.filter(it => it.cell === cell && it.date <= day).at(-1) }
  })
}

/** Who this is. It never scrolls away, and it is empty rather than another patient's while a case is being opened. */
export function IdentityStrip() {
  const words = useWords()
  const language = useLanguage()
  const { now } = useDesk()
  const record = useReview(it => it.view?.record)
  const wishes = useWishes()
  if (!record) return <div className="idstrip skel id-empty" />
  const { patient, diagnosis, consent } = record
  const text = say(diagnosis.text, language)
  const stage = diagnosis.stage && !text.includes(diagnosis.stage) ? ` Stage ${diagnosis.stage}` : ''
  return (
    <div className="idstrip" data-testid="identity-strip">
      <b className="code ai nw">{record.label}</b>
      <span className="vr" />
      <span className="nm">
        {patient.name}
        {patient.kana && <span className="kana">{patient.kana}</span>}
      </span>
      <span className="nw">{ageSex(patient, now(), language)}</span>
      <span className="vr" />
      <span className="ell" title={text + stage}>
        {text}
        {stage}
      </span>
      <span className="vr fold" />
      <span className="row chips">
        <span className={`tag ${consent.state === 'valid' ? 'toki' : consent.state === 'withdrawn' ? 'shu' : 'yama'}`}>
          {consent.state === 'valid' ? (
            <IconCheck size={13} stroke={1.8} aria-hidden="true" />
          ) : (
            <IconBan size={13} stroke={1.6} aria-hidden="true" />
          )}
          {words.strip.consent(language === 'ja' ? `第${consent.version}版` : `v${consent.version}`)}
          {consent.state !== 'valid' && ` ${words.vocabulary.consent[consent.state]}`}
        </span>
        {wishes
          .filter(it => it.cell === 'primary-now' || it.cell === 'secondary-now')
          .map(({ cell, answer }) => (
            <span key={cell} className={`tag ${TONE[answer]}`}>
              {TONE[answer] === 'yama' && <IconClock size={13} stroke={1.6} aria-hidden="true" />}
              {words.vocabulary.wishCellShort[cell]}
              {language === 'ja' ? ' ' : ': '}
              {words.vocabulary.wish[answer]}
            </span>
          ))}
      </span>
    </div>
  )
}
