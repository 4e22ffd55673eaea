#!/usr/bin/env bash
# Brings ConflictFunctions to Azure, or up to date there. Does the same again as often as it is run.
#
#   infra/deploy.sh STAGE LOCATION                 tells what would change, asks, and does it
#   infra/deploy.sh STAGE LOCATION what-if         only tells
#   infra/deploy.sh STAGE LOCATION rotate-tokens   a new secret signs page and delta links; those before go on being accepted
#   infra/deploy.sh STAGE LOCATION rotate-admin    another first admin key; the one before ends
#
# STAGE is dev or prod; its parameters are in main.STAGE.bicepparam. Needs az (signed in), dotnet, zip, curl and openssl.
# YES=1 asks nothing. RESOURCE_GROUP, ALERT_EMAILS, PACKAGE, DEPLOYER_ID and DEPLOYER_TYPE may be set; README.md says what for.
set -euo pipefail

readonly stage=${1:?the stage: dev or prod}
readonly location=${2:?the location, such as westeurope}
readonly action=${3:-deploy}
readonly group=${RESOURCE_GROUP:-rg-conflict-$stage}
readonly deployment=conflict-$stage
readonly kept_secrets=12

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
readonly parameters=$here/main.$stage.bicepparam

# Secrets pass through files in a folder that nobody else can read, never through arguments, which any process can see.
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

output() { az deployment group show --resource-group "$group" --name "$deployment" --query "properties.outputs.$1.value" --output tsv; }

# Who makes the secrets. In a workflow DEPLOYER_ID says so, since it may not look itself up.
find_deployer() {
  if [ -n "${DEPLOYER_ID:-}" ]; then
    return
  fi
  DEPLOYER_ID=$(az ad signed-in-user show --query id --output tsv 2>/dev/null) ||
    fail 'Nobody is signed in as a person. Run az login, or set DEPLOYER_ID to the object id of the service principal that is.'
  DEPLOYER_TYPE=User
}

# A budget keeps the month that it began in.
find_budget_start() {
  BUDGET_START=$(az rest --method get --output tsv --query 'value[0].properties.timePeriod.startDate' \
    --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Consumption/budgets?api-version=2023-11-01" 2>/dev/null || true)
  BUDGET_START=${BUDGET_START:0:10}
  BUDGET_START=${BUDGET_START:-$(date -u +%Y-%m-01)}
}

what_if() {
  if [ "$(az group exists --name "$group")" = false ]; then
    say "The resource group $group is not there yet; everything would be new."
    return
  fi
  az deployment group what-if --resource-group "$group" --name "$deployment" --parameters "$parameters"
}

confirm() {
  if [ "${YES:-}" = 1 ]; then
    return
  fi
  local answer=
  read -r -p "Deploy $stage to $group? [y/N] " answer || true
  [ "$answer" = y ] || fail 'Nothing was changed.'
}

deploy() {
  az group create --name "$group" --location "$location" --output none
  az deployment group create --resource-group "$group" --name "$deployment" --parameters "$parameters" --output none
}

# Tries what the roles of a new vault, which take minutes to hold, may still forbid.
patiently() {
  local try
  for try in $(seq 1 30); do
    if "$@" 2>"$work/trouble"; then
      return
    fi
    say "The vault does not answer yet ($try)."
    sleep "${PAUSE:-10}"
  done
  fail "$(cat "$work/trouble")"
}

list_secrets() { az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv >"$work/names"; }

put_secret() { patiently az keyvault secret set --vault-name "$vault" --name "$1" --file "$2" --encoding utf-8 --output none; }

make_admin_key() { printf 'cf_%s_%s' "$(openssl rand -hex 6)" "$(openssl rand -hex 32)"; }

make_token_secret() { printf 'k%s%s:%s' "$(date -u +%Y%m%d)" "$(openssl rand -hex 4)" "$(openssl rand -base64 32)"; }

# What is there is never replaced here: a vault that does not answer is not an empty one.
ensure_secrets() {
  patiently list_secrets
  if ! grep -qx AdminKey "$work/names"; then
    rotate_admin
  fi
  if ! grep -qx TokenSecrets "$work/names"; then
    make_token_secret >"$work/secret"
    put_secret TokenSecrets "$work/secret"
  fi
}

rotate_tokens() {
  az keyvault secret show --vault-name "$vault" --name TokenSecrets --query value --output tsv >"$work/before"
  { make_token_secret && printf ';' && cut -d ';' -f "1-$((kept_secrets - 1))" <"$work/before" | tr -d '\n'; } >"$work/secret"
  put_secret TokenSecrets "$work/secret"
}

rotate_admin() {
  make_admin_key >"$work/secret"
  put_secret AdminKey "$work/secret"
}

# Has the platform read the vault again, which it else does once a day, and the app what it read.
refresh() {
  az rest --method post --output none \
    --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Web/sites/$app/config/configreferences/appsettings/refresh?api-version=2022-03-01"
  az functionapp restart --resource-group "$group" --name "$app" --output none
}

# A workflow gives the package that it tested.
publish() {
  local package=${PACKAGE:-}
  if [ -z "$package" ]; then
    package=$work/package.zip
    dotnet publish "$here/../src/ConflictFunctions" --configuration Release -p:FunctionsWorker=azure --output "$work/package"
    (cd "$work/package" && zip -q -r "$package" .)
  fi
  az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none
}

status() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 "$@" || true; }

expect() {
  local what=$1 wanted=$2 got
  shift 2
  got=$(status "$@")
  [[ $got =~ ^($wanted)$ ]] || fail "Smoke test: $what was answered with $got instead of $wanted."
  say "$what: $got"
}

smoke_test() {
  local url try
  url=$(output appUrl)
  for try in $(seq 1 60); do
    if [ "$(status "$url/api/health/ready")" = 200 ]; then
      break
    fi
    say "Not ready yet ($try)."
    sleep "${PAUSE:-10}"
  done
  expect 'being ready' 200 "$url/api/health/ready"
  expect 'the service document, without a key' 200 "$url/api/odata/"
  expect 'records, without a key' 401 "$url/api/odata/Actors?\$top=1"
  { printf 'header = "x-api-key: ' && az keyvault secret show --vault-name "$vault" --name AdminKey --query value --output tsv | tr -d '\n' && printf '"\n'; } >"$work/key"
  expect 'records, with the admin key' 200 --config "$work/key" "$url/api/odata/Actors?\$top=1"
  expect 'the newest release over plain http' '30[1278]' "http://${url#https://}/api/releases/latest"
  say "Deployed: $url"
  say "BaseUrl for Power BI: $(output baseUrl)"
}

find_names() {
  app=$(output appName)
  vault=$(output vaultName)
}

for tool in az dotnet zip curl openssl; do
  command -v "$tool" >/dev/null || fail "$tool is needed, and is not here."
done
[ -f "$parameters" ] || fail "There is no $parameters: the stage is dev or prod."
case $action in
  what-if | deploy)
    # Without addresses each rule would lose those that it has.
    [ "$stage" != prod ] || [ -n "${ALERT_EMAILS:-}" ] || fail "ALERT_EMAILS must say who is told of alerts, separated by commas."
    find_deployer
    find_budget_start
    export DEPLOYER_ID DEPLOYER_TYPE BUDGET_START
    what_if
    if [ "$action" = deploy ]; then
      confirm
      deploy
      find_names
      ensure_secrets
      publish
      refresh
      smoke_test
    fi
    ;;
  rotate-tokens | rotate-admin)
    find_names
    if [ "$action" = rotate-tokens ]; then rotate_tokens; else rotate_admin; fi
    refresh
    smoke_test
    ;;
  *) fail "There is no action $action: what-if, deploy, rotate-tokens or rotate-admin." ;;
esac
