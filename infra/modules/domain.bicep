// Optional: an address of one's own. DNS must point there before: a CNAME to the app's host name, and TXT asuid.{domain} with its verification id.

param appName string
param domain string

@description('Thumbprint of the certificate that the app holds for the domain; empty = only the name is bound, until there is one.')
param thumbprint string

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2024-11-01' = {
  parent: app
  name: domain
  properties: {
    siteName: app.name
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    sslState: empty(thumbprint) ? 'Disabled' : 'SniEnabled'
    thumbprint: empty(thumbprint) ? null : thumbprint
  }
}
