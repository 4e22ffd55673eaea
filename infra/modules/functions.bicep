// The function app on Flex Consumption.

param name string
param planName string
param location string
param tags object

@description('The app\'s identity, by which it reaches everything.')
param identityName string
param hostAccountName string
param dataAccountName string
param insightsName string

@description('Address of the container that the package lies in.')
param packageAddress string

@description('Settings of the app besides where storage and telemetry are, by name.')
param settings object

@description('More of them, by name, which go before all others.')
param extraSettings object = {}

@description('Most instances of the http functions, and of each timer: on Flex Consumption each timer scales on its own.')
@minValue(1)
@maxValue(1000)
param maximumInstances int

@description('Instances of the http functions that are kept running; 0 = the first call after a silence waits for a start.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttpInstances int

@description('Memory of an instance, in megabytes.')
param instanceMemory (2048 | 4096)

@description('Calls that one instance answers at a time before another is started.')
@minValue(1)
@maxValue(1000)
param callsAtOnce int

@description('Subnet that calls to storage leave by; empty = none.')
param subnetId string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var storageSettings = {
  AzureWebJobsStorage__accountName: hostAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  DataStorage__accountName: dataAccountName
  DataStorage__credential: 'managedidentity'
  DataStorage__clientId: identity.properties.clientId
}

var telemetrySettings = {
  // Says where telemetry goes; it opens nothing, since the component takes identities only.
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageAddress
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemory
        alwaysReady: alwaysReadyHttpInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyHttpInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: callsAtOnce
          }
        }
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(storageSettings, telemetrySettings, settings, extraSettings)
  }

  // Packages come by the deployer's identity, never by a password.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: {
      allow: false
    }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

output hostName string = app.properties.defaultHostName
output domainVerificationId string = app.properties.customDomainVerificationId
