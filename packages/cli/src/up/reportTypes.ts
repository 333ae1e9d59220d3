import type { AttackKind } from './attack/attackKinds.ts'
import type { WatchedTopic } from './watchTopics.ts'

/** What one participant of a topic did. Losses are means of the declared raw loss, rewards in uallo. */
export type MemberReport = {
  readonly address: string
  readonly model: string
  readonly loss: number
  readonly weight: number
  readonly reward: string
  /** Fraction of the settled epochs it took part in. */
  readonly present: number
  /** Mean advantage over the baseline, and mean part of the class's pot; null in topics of another pay. SPEC VT-6 */
  readonly skill: number | null
  readonly share: number | null
  /** How it attacks the topic, of those who were added to do so. */
  readonly attack: AttackKind | null
}

/** The name that a report shows for an address. */
export type NameOf = (address: string) => string

/** What a topic's report is made of. */
export type ReportedTopic = Pick<WatchedTopic, 'id' | 'name' | 'tally' | 'honest' | 'attackers' | 'answer'>
