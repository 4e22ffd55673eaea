// A storage account that nobody opens with a key: blobs and tables by identity only.

param name string
param location string
param tags object

@description('How often the bytes are kept, and where.')
param sku ('Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS')

@description('Containers that this template must know of; the app makes its tables and what else it needs itself.')
param containers string[]

@description('True: keep what is overwritten or deleted for a while, and move what is old to cheaper tiers.')
param holdsData bool

@description('Put before the names of containers; the app\'s setting StoragePrefix.')
param prefix string = ''

@description('True: only through private endpoints.')
param isPrivate bool

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: holdsData
    deleteRetentionPolicy: {
      enabled: true
      days: holdsData ? 14 : 7
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: holdsData ? 14 : 7
    }
  }
}

resource made 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in containers: {
    parent: blobs
    name: '${prefix}${container}'
    properties: {
      publicAccess: 'None'
    }
  }
]

// Payloads and the files of the inbox are evidence, and published files stay readable for ever: they get cheaper, never lost.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = if (holdsData) {
  parent: account
  name: 'default'
  dependsOn: [
    blobs
  ]
  properties: {
    policy: {
      rules: [
        {
          name: 'payloads-get-cheaper'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${prefix}submissions/', '${prefix}archive/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 30
                }
                tierToCold: {
                  daysAfterModificationGreaterThan: 180
                }
              }
            }
          }
        }
        {
          name: 'old-snapshots-get-cheaper'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${prefix}snapshots/']
            }
            actions: {
              baseBlob: {
                tierToCool: {
                  daysAfterModificationGreaterThan: 90
                }
              }
            }
          }
        }
        {
          name: 'rejected-files-go'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${prefix}rejected/']
            }
            actions: {
              baseBlob: {
                delete: {
                  daysAfterModificationGreaterThan: 365
                }
              }
            }
          }
        }
        {
          name: 'what-was-replaced-goes'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${prefix}submissions/', '${prefix}archive/', '${prefix}rejected/']
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: 90
                }
              }
            }
          }
        }
        {
          // The app itself takes away published files and checkpoints that are no longer wanted, and files of the inbox that lie elsewhere now.
          name: 'what-was-taken-away-goes'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${prefix}snapshots/', '${prefix}checkpoints/', '${prefix}inbox/']
            }
            actions: {
              version: {
                delete: {
                  daysAfterCreationGreaterThan: 1
                }
              }
            }
          }
        }
      ]
    }
  }
}

output blobEndpoint string = account.properties.primaryEndpoints.blob
