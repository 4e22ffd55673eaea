using 'main.bicep'

param stage = 'prod'

param alwaysReadyHttpInstances = 1
param maximumInstances = 3
param dataSku = 'Standard_ZRS'
param logDays = 90

// Whoever looks after the figures: give their addresses, separated by commas, in ALERT_EMAILS.
param alertEmails = filter(split(readEnvironmentVariable('ALERT_EMAILS', ''), ','), email => !empty(email))
param releaseAgeHours = 192
param monthlyBudget = 80

// Set by deploy.sh: who is signed in, and since when there is a budget.
param deployerPrincipalId = readEnvironmentVariable('DEPLOYER_ID', '')
param deployerPrincipalType = readEnvironmentVariable('DEPLOYER_TYPE', 'ServicePrincipal')
param budgetStart = readEnvironmentVariable('BUDGET_START', '2026-11-01')
