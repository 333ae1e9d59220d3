import { devnetParams } from '@starling/protocol/presets/devnetParams'
import { describe, expect, it } from 'vitest'
import { askEmissions } from '../../app/testing/askEmissions.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { openTestNetwork } from '../../app/testing/testNetwork.ts'
import { getParams } from './view.ts'

const admin = testActor('admin')
const user = testActor('user')
const network = openTestNetwork([admin, user], { admins: [admin] })
network.mustBlock()
const { application, stores } = network.chain

describe('SPEC wire 1.5 queries about parameters and rights', () => {
  it('GetParams gives the parameters in force', () => {
    const { params } = askEmissions(application, 'GetParams')
    expect(params).toEqual(getParams(stores))
    expect(params).toEqual(devnetParams)
  })

  it('IsWhitelistAdmin and CanUpdateParams tell admins from others', () => {
    const rightsOf = (address: string): readonly boolean[] => [
      askEmissions(application, 'IsWhitelistAdmin', { address }).isAdmin,
      askEmissions(application, 'CanUpdateParams', { address }).canUpdateParams,
    ]
    expect(rightsOf(admin.address)).toEqual([true, true])
    expect(rightsOf(user.address)).toEqual([false, false])
  })

  it('everybody may create topics; nobody, not even an admin, is on a list or can change one', () => {
    for (const { address } of [admin, user]) {
      const on = { address }
      const create = askEmissions(application, 'CanCreateTopic', on)
      expect(create.canCreateTopic).toBe(true)
      const listed = [
        askEmissions(application, 'IsWhitelistedGlobalWorker', on).isWhitelistedGlobalWorker,
        askEmissions(application, 'IsWhitelistedGlobalReputer', on).isWhitelistedGlobalReputer,
        askEmissions(application, 'IsWhitelistedGlobalAdmin', on).isWhitelistedGlobalAdmin,
        askEmissions(application, 'IsWhitelistedTopicCreator', on).isWhitelistedTopicCreator,
        askEmissions(application, 'IsWhitelistedGlobalActor', on).isWhitelistedGlobalActor,
        askEmissions(application, 'CanUpdateAllGlobalWhitelists', on).canUpdateAllGlobalWhitelists,
        askEmissions(application, 'CanUpdateGlobalWorkerWhitelist', on).canUpdateGlobalWorkerWhitelist,
        askEmissions(application, 'CanUpdateGlobalReputerWhitelist', on).canUpdateGlobalReputerWhitelist,
      ]
      expect(listed).toEqual(Array.from({ length: 8 }, () => false))
    }
  })
})
