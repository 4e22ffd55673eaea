// Optional: a network of its own, through which the app reaches storage, so that storage needs no door to the internet.

param name string
param location string
param tags object

@description('Makes the name of an endpoint, with {0} for what it leads to.')
param endpointName string
param hostAccountName string
param dataAccountName string

@description('Addresses of the network.')
param addressSpace string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [addressSpace]
    }
    subnets: [
      {
        name: 'functions'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 0)
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 26, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }

  resource functions 'subnets' existing = {
    name: 'functions'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

var services = ['blob', 'table']

var ways = [
  { what: 'host', account: hostAccountName, service: 'blob' }
  { what: 'host', account: hostAccountName, service: 'table' }
  { what: 'data', account: dataAccountName, service: 'blob' }
  { what: 'data', account: dataAccountName, service: 'table' }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zones[index]
    name: network.name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

resource doors 'Microsoft.Network/privateEndpoints@2024-05-01' = [
  for way in ways: {
    name: replace(endpointName, '{0}', '${way.what}-${way.service}')
    location: location
    tags: tags
    properties: {
      subnet: {
        id: network::endpoints.id
      }
      privateLinkServiceConnections: [
        {
          name: '${way.what}-${way.service}'
          properties: {
            privateLinkServiceId: resourceId('Microsoft.Storage/storageAccounts', way.account)
            groupIds: [way.service]
          }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [
  for (way, index) in ways: {
    parent: doors[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: way.service
          properties: {
            privateDnsZoneId: zones[indexOf(services, way.service)].id
          }
        }
      ]
    }
  }
]

output functionsSubnetId string = network::functions.id
