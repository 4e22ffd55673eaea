// What somebody is told of by mail. Each rule asks Application Insights; the words in the queries are those that the app logs, and a test holds the two together.

param location string
param tags object
param insightsId string
param actionGroupName string

@description('Makes the name of a rule, with {0} for what it watches.')
param ruleName string

@description('Addresses that are told; empty = rules show in the portal only.')
param emails string[]

@description('Server errors in a quarter of an hour from which on somebody is told.')
@minValue(1)
param serverErrors int

@description('Hours after which the newest release counts as old; 0 = age is not watched.')
@minValue(0)
param releaseAgeHours int

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'conflict'
    enabled: true
    emailReceivers: [
      for (email, index) in emails: {
        name: 'mail${index}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// Requests may be sampled, so they are counted by how many each stands for; lines and exceptions never are (host.json).
var rules = [
  {
    name: 'server-errors'
    isOn: true
    severity: 1
    description: 'Calls are answered with 5xx, but for 507, of which engine-filling tells. The log has each under its request id.'
    query: 'requests | where resultCode startswith "5" and resultCode != "507" | summarize Found = sum(itemCount)'
    moreThan: serverErrors - 1
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    name: 'release-age'
    isOn: releaseAgeHours > 0
    severity: 2
    description: 'No release has come for a long time: look whether submissions or the inbox still arrive.'
    query: 'traces | where message startswith "The newest release is " | parse message with "The newest release is " Release:long ", " Hours:long " hours old." | summarize arg_max(timestamp, Hours) | project Found = Hours'
    moreThan: releaseAgeHours
    every: 'PT1H'
    over: 'PT2H'
  }
  {
    name: 'failed-timers'
    isOn: true
    severity: 2
    description: 'A timer failed, or a part of what it does. It is tried again in its next round; if this goes on, the log says why.'
    query: 'union (requests | where name in ("Housekeeping", "IngestInbox", "PublishSnapshots", "ResumeSubmissions", "SendNotices") and success == false), (traces | where message startswith "Housekeeping could not do its part " or message has "of the inbox could not be loaded; it is tried again in a later round." or message has "of the inbox is put off") | summarize Found = sum(itemCount)'
    moreThan: 0
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    name: 'silent-timers'
    isOn: true
    severity: 2
    description: 'Housekeeping, which runs every half hour and always tells of the newest release, has not been heard of.'
    query: 'traces | where message startswith "The newest release is " or message startswith "There is no release yet." | summarize Lines = count() | project Found = iff(Lines == 0, 1, 0)'
    moreThan: 0
    every: 'PT1H'
    over: 'PT2H'
  }
  {
    name: 'rejected-files'
    isOn: true
    severity: 3
    description: 'A file of the inbox was rejected; container rejected has it with its report.'
    query: 'traces | where message has "of the inbox" and message has "lies in rejected as " | summarize Found = count()'
    moreThan: 0
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    name: 'engine-filling'
    isOn: true
    severity: 2
    description: 'The engine is more than four fifths full: raise EngineMemory with the memory of an instance, before submissions are refused.'
    query: 'traces | where message startswith "The engine holds " | summarize Found = count()'
    moreThan: 0
    every: 'PT1H'
    over: 'PT2H'
  }
  {
    name: 'start-delayed'
    isOn: true
    severity: 1
    description: 'An instance cannot get ready: storage, its roles or its settings are in the way.'
    query: 'traces | where message startswith "The start is not complete yet; it is tried again." | summarize Found = count()'
    moreThan: 3
    every: 'PT15M'
    over: 'PT15M'
  }
  {
    name: 'damaged-checkpoint'
    isOn: true
    severity: 2
    description: 'A checkpoint could not be used. Starts take longer until housekeeping has made the next.'
    query: 'traces | where message startswith "The checkpoint of release " and message has " cannot be used; " | summarize Found = count()'
    moreThan: 0
    every: 'PT1H'
    over: 'PT1H'
  }
]

resource watched 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: if (rule.isOn) {
    name: replace(ruleName, '{0}', rule.name)
    location: location
    tags: tags
    properties: {
      displayName: replace(ruleName, '{0}', rule.name)
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Found'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.moreThan
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(emails) ? [] : [people.id]
      }
    }
  }
]
