using 'main.bicep'

param stage = 'dev'

// Nothing is kept running, and the data is kept in one place: the first call after a silence waits for a start.
param alwaysReadyHttpInstances = 0
param maximumInstances = 1
param dataSku = 'Standard_LRS'

param alertEmails = []
param monthlyBudget = 20

// Set by deploy.sh: who is signed in, and since when there is a budget.
param deployerPrincipalId = readEnvironmentVariable('DEPLOYER_ID', '')
param deployerPrincipalType = readEnvironmentVariable('DEPLOYER_TYPE', 'ServicePrincipal')
param budgetStart = readEnvironmentVariable('BUDGET_START', '2026-11-01')
