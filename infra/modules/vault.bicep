// The two secrets of the app: its first admin key, and the keys that sign tokens. deploy.sh makes and changes them; no template ever sees them.

param name string
param location string
param tags object

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    // References of app settings are resolved by the platform, which a closed vault would keep out.
    publicNetworkAccess: 'Enabled'
  }
}

output uri string = vault.properties.vaultUri
