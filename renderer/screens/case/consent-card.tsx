import { IconCheck } from '@tabler/icons-react'
import type { CaseRecord } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { plainDay } from '../../i18n/format.ts'
import { SealedArea } from '../../ui/sealed-area.tsx'
import { useWishes } from './identity-strip.tsx'

export function ConsentCard({ record }: { readonly record: CaseRecord }) {
  const { overview, vocabulary } = useWords()
  const language = useLanguage()
  const wishes = useWishes()
  const { consent } = record
  return (
    <section className="card consent-card" data-testid="consent-card">
      <header>{overview.consent}</header>
      <div className="bd col">
        <dl className="kv">
          <dt>{overview.consentRow}</dt>
          <dd>
            {language === 'ja' ? `第 ${consent.version} 版` : `Version ${consent.version}`}
            {consent.date && <span className="sm sec">　{plainDay(consent.date, language)}</span>}
            <span className={`sm ${consent.state === 'valid' ? 'toki' : 'shu'} nw`}>
              {'\u2003'}
              {consent.state === 'valid' && <IconCheck size={13} stroke={2} aria-hidden="true" className="inline" />}{' '}
              {vocabulary.consent[consent.state]}
            </span>
          </dd>
          {wishes.map(({ cell, answer, entry }) => (
            <Row key={cell} name={vocabulary.wishCell[cell]}>
              <b className={answer === 'wants' || answer === 'does-not-want' ? '' : 'yama'}>{vocabulary.wish[answer]}</b>
              {entry && <span className="sm mut">　{plainDay(entry.date, language)}</span>}
              {entry?.reviewOn && answer === 'not-now' && (
                <span className="sm mut">・{overview.review(plainDay(entry.reviewOn, language))}</span>
              )}
            </Row>
          ))}
        </dl>
        <SealedArea />
      </div>
    </section>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
