// All that ConflictFunctions needs in a resource group of its own. README.md says how it is deployed and what it costs.

import { resourceName } from 'modules/names.bicep'

@description('Short name of what this is, in every resource name.')
@minLength(2)
@maxLength(8)
param workload string = 'conflict'

@description('Which of its environments.')
param stage ('dev' | 'prod')

param location string = resourceGroup().location

param tags object = {
  workload: workload
  stage: stage
}

@description('Letters and digits put before tables and containers, so that stores can share an account.')
@maxLength(31)
param storagePrefix string = ''

@description('How often the data is kept, and where.')
param dataSku ('Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS') = 'Standard_ZRS'

@description('Most instances of the http functions, and of each timer.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 3

@description('Instances of the http functions that are kept running; 0 = the first call after a silence waits for a start.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int = 1

@description('Memory of an instance, in megabytes. Above 1.5 million revisions: 4096.')
param instanceMemory (2048 | 4096) = 2048

@description('Calls that one instance answers at a time before another is started.')
@minValue(1)
@maxValue(1000)
param callsAtOnce int = 16

@description('Id of the Entra ID tenant whose tokens are taken; empty = keys only.')
param entraTenant string = ''

@description('Whom such tokens must be for: client id, application id URI, or both, separated by ";".')
param entraAudience string = ''

@description('Origins of web pages that may call, separated by ";".')
param allowedOrigins string = ''

@description('The licence that data packages name, such as CC-BY-4.0; empty = none.')
param dataLicense string = ''

@description('Settings of the app beside those that the template makes, by name, such as { SnapshotRedirects: \'true\' }. Others are taken away by each deployment.')
param extraSettings object = {}

@description('Who deploys, and so makes the secrets: an object id; empty = nobody is given the right.')
param deployerPrincipalId string = ''
param deployerPrincipalType ('ServicePrincipal' | 'User' | 'Group') = 'ServicePrincipal'

@description('Object ids of groups whose members drop files into the inbox.')
param inboxGroupIds string[] = []

@description('Object ids of groups that read the published files, and the tables made of them, from storage.')
param readerGroupIds string[] = []

@description('Days for which logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Gigabytes of logs a day at most.')
@minValue(1)
param logQuotaGb int = 1

@description('Who is told by mail of alerts and of the budget.')
param alertEmails string[]

@description('Server errors in a quarter of an hour from which on somebody is told.')
@minValue(1)
param serverErrors int = 5

@description('Hours after which the newest release counts as old; 0 = age is not watched.')
@minValue(0)
param releaseAgeHours int = 0

@description('What all of this may cost in a month, in the currency of the subscription.')
@minValue(1)
param monthlyBudget int

@description('First day of the month that the budget began in.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('True: storage is reached through a network of its own and has no door to the internet. The inbox is then reached from that network only.')
param privateStorage bool = false

@description('Addresses of that network.')
param addressSpace string = '10.70.0.0/24'

@description('An address of one\'s own, such as figures.example.org; empty = the app\'s own.')
param customDomain string = ''

@description('Thumbprint of the certificate that the app holds for it.')
param certificateThumbprint string = ''

var salt = take(uniqueString(subscription().subscriptionId, resourceGroup().id, workload, stage), 6)
var prefix = toLower(storagePrefix)

// Names are known before anything stands, so that what-if can tell in full what would change.
var names = {
  identity: resourceName('id', workload, stage, salt)
  hostStorage: resourceName('sthost', workload, stage, salt)
  dataStorage: resourceName('stdata', workload, stage, salt)
  vault: resourceName('kv', workload, stage, salt)
  workspace: resourceName('log', workload, stage, salt)
  insights: resourceName('appi', workload, stage, salt)
  network: resourceName('vnet', workload, stage, salt)
  endpoint: resourceName('pe', workload, stage, salt)
  plan: resourceName('plan', workload, stage, salt)
  app: resourceName('func', workload, stage, salt)
  actionGroup: resourceName('ag', workload, stage, salt)
  alert: resourceName('alert', workload, stage, salt)
  budget: resourceName('budget', workload, stage, salt)
}

module identity 'modules/identity.bicep' = {
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module hostStorage 'modules/storage.bicep' = {
  params: {
    name: names.hostStorage
    location: location
    tags: tags
    sku: 'Standard_LRS'
    containers: ['packages']
    holdsData: false
    isPrivate: privateStorage
  }
}

module dataStorage 'modules/storage.bicep' = {
  params: {
    name: names.dataStorage
    location: location
    tags: tags
    sku: dataSku
    containers: ['inbox', 'rejected', 'snapshots']
    holdsData: true
    prefix: prefix
    isPrivate: privateStorage
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: names.workspace
    name: names.insights
    location: location
    tags: tags
    retentionDays: logDays
    dailyQuotaGb: logQuotaGb
  }
}

module network 'modules/network.bicep' = if (privateStorage) {
  dependsOn: [
    hostStorage
    dataStorage
  ]
  params: {
    name: names.network
    location: location
    tags: tags
    endpointName: '${names.endpoint}-{0}'
    hostAccountName: names.hostStorage
    dataAccountName: names.dataStorage
    addressSpace: addressSpace
  }
}

module roles 'modules/roles.bicep' = {
  dependsOn: [
    identity
    hostStorage
    dataStorage
    vault
    monitoring
  ]
  params: {
    identityName: names.identity
    hostAccountName: names.hostStorage
    dataAccountName: names.dataStorage
    vaultName: names.vault
    insightsName: names.insights
    prefix: prefix
    deployerPrincipalId: deployerPrincipalId
    deployerPrincipalType: deployerPrincipalType
    inboxGroupIds: inboxGroupIds
    readerGroupIds: readerGroupIds
  }
}

module functions 'modules/functions.bicep' = {
  // Without its roles the app could not fetch its own package.
  dependsOn: [
    roles
  ]
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: tags
    identityName: names.identity
    hostAccountName: names.hostStorage
    dataAccountName: names.dataStorage
    insightsName: names.insights
    packageAddress: '${hostStorage.outputs.blobEndpoint}packages'
    extraSettings: extraSettings
    settings: {
      StoragePrefix: storagePrefix
      PublicUrl: empty(customDomain) ? '' : 'https://${customDomain}'
      LoadSample: 'false'
      AnonymousRead: 'false'
      AdminKey: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/AdminKey/)'
      TokenSecrets: '@Microsoft.KeyVault(SecretUri=${vault.outputs.uri}secrets/TokenSecrets/)'
      TrustedProxies: '1'
      EntraTenant: entraTenant
      EntraAudience: entraAudience
      AllowedOrigins: allowedOrigins
      EngineMemory: instanceMemory == 4096 ? '2400MB' : '900MB'
      KeptPagesMegabytes: instanceMemory == 4096 ? '256' : '128'
      KeptRowsMegabytes: instanceMemory == 4096 ? '400' : '200'
      License: dataLicense
    }
    maximumInstances: maximumInstances
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    instanceMemory: instanceMemory
    callsAtOnce: callsAtOnce
    subnetId: network.?outputs.functionsSubnetId ?? ''
  }
}

module domain 'modules/domain.bicep' = if (!empty(customDomain)) {
  dependsOn: [
    functions
  ]
  params: {
    appName: names.app
    domain: customDomain
    thumbprint: certificateThumbprint
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    tags: tags
    insightsId: monitoring.outputs.id
    actionGroupName: names.actionGroup
    ruleName: '${names.alert}-{0}'
    emails: alertEmails
    serverErrors: serverErrors
    releaseAgeHours: releaseAgeHours
  }
}

module budget 'modules/budget.bicep' = {
  params: {
    name: names.budget
    amount: monthlyBudget
    startDate: budgetStart
    emails: alertEmails
  }
}

@description('Address of the app, without /api.')
output appUrl string = empty(customDomain) ? 'https://${functions.outputs.hostName}' : 'https://${customDomain}'

@description('What the Power BI project takes as its parameter BaseUrl.')
output baseUrl string = '${empty(customDomain) ? 'https://${functions.outputs.hostName}' : 'https://${customDomain}'}/api'

@description('What an organizational account signs in for; empty = keys only.')
output entraAudience string = entraAudience

output appName string = names.app
output vaultName string = names.vault
output dataAccountName string = names.dataStorage
output budgetName string = names.budget

@description('Where a CNAME of one\'s own domain must point.')
output hostName string = functions.outputs.hostName

@description('What TXT asuid.{domain} must hold.')
output domainVerificationId string = functions.outputs.domainVerificationId
