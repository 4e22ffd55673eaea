// The one place that makes resource names.

@description('What a resource is, in the short words that Azure\'s naming advice has for it.')
@export()
type kind = 'func' | 'plan' | 'id' | 'sthost' | 'stdata' | 'kv' | 'log' | 'appi' | 'ag' | 'alert' | 'budget' | 'vnet' | 'pe'

@description('Name of a resource: {kind}-{workload}-{environment}-{salt}. Storage accounts take letters and digits only, and at most 24 of them, as vaults do.')
@export()
func resourceName(what kind, workload string, environment string, salt string) string =>
  startsWith(what, 'st')
    ? take('${what}${workload}${environment}${salt}', 24)
    : what == 'kv' ? take('kv-${workload}-${environment}-${salt}', 24) : '${what}-${workload}-${environment}-${salt}'
