import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { openTestTopic } from '../../app/testing/openTestTopic.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { messages } from '../../app/testing/testMessages.ts'

const owner = testActor('owner')
const topic = openTestTopic({ others: [owner] })
const { application } = topic.chain
const [worker, leaver] = topic.workers
const [reputer] = topic.reputers
if (worker === undefined || leaver === undefined || reputer === undefined) throw new Error('an actor is missing')
topic.mustBlock([worker, messages.transferOwner(worker, owner.address)], [leaver, messages.unregister(leaver, 1n)])

const workerInfo = (address: string) => askEmissions(application, 'GetWorkerNodeInfo', { address }).nodeInfo
const reputerInfo = (address: string) => askEmissions(application, 'GetReputerNodeInfo', { address }).nodeInfo
const isWorker = (address: string): boolean =>
  askEmissions(application, 'IsWorkerRegisteredInTopicId', {
    topicId: 1n,
    address,
  }).isRegistered
const isReputer = (address: string): boolean =>
  askEmissions(application, 'IsReputerRegisteredInTopicId', {
    topicId: 1n,
    address,
  }).isRegistered

describe('SPEC wire 1.5 queries about registrations', () => {
  it('node infos name the owner of now, also of who left', () => {
    expect(workerInfo(worker.address)).toMatchObject({ owner: owner.address, nodeAddress: worker.address })
    expect(workerInfo(leaver.address)).toMatchObject({ owner: leaver.address, nodeAddress: leaver.address })
    expect(reputerInfo(reputer.address)).toMatchObject({ owner: reputer.address, nodeAddress: reputer.address })
  })

  it('who never registered in a role is not found', () => {
    expect(() => workerInfo(reputer.address)).toThrow(`NotFound desc = ${reputer.address} never registered as a worker`)
    expect(() => reputerInfo(worker.address)).toThrow(`NotFound desc = ${worker.address} never registered as a reputer`)
  })

  it('registrations are by role, and end with the removal', () => {
    const everybody = [worker, leaver, reputer, owner].map(({ address }) => address)
    expect(everybody.map(isWorker)).toEqual([true, false, false, false])
    expect(everybody.map(isReputer)).toEqual([false, false, true, false])
  })
})
