// What all of this may cost in a month. It stops nothing; it tells.

param name string

@description('In the currency of the subscription.')
@minValue(1)
param amount int

@description('First day of the month that it began in. It cannot be moved later, so deploy.sh gives it again what it has.')
param startDate string

param emails string[]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: emails
        contactRoles: ['Owner']
      }
      all: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: emails
        contactRoles: ['Owner']
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 120
        thresholdType: 'Forecasted'
        contactEmails: emails
        contactRoles: ['Owner']
      }
    }
  }
}
