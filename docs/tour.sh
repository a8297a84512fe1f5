# The tour of README.md as a script, for bash and zsh: `bash docs/tour.sh` or `zsh docs/tour.sh`, while `npm start` runs on the same data folder.
set -eu

eval "$(npm run --silent session-token -- --env)"
call() { curl -sS -f -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; }
show() { node -e 'const t = require("fs").readFileSync(0, "utf8"); try { console.log(JSON.stringify(JSON.parse(t), null, 2)) } catch { console.log(t) }'; }
field() { node -e 'const a = JSON.parse(require("fs").readFileSync(0)); const v = process.argv[1].split(".").reduce((o, k) => o && o[k], a); if (v === undefined) { console.error("The answer has no " + process.argv[1] + ": " + JSON.stringify(a)); process.exit(1) } console.log(v)' "$1"; }
title() { printf '\n== %s\n' "$1"; }
# Asks again and again until the answer says so, for half a minute at most.
wait_for() {
  tries=0
  until call "$1" | grep -q "$2"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 60 ]; then echo "It did not come to pass: $2 at $1" >&2; exit 1; fi
    sleep 0.5
  done
}

title 'A list, and people in it. Phones come out as E.164; the second row is the first person again.'
LIST=$(call "$API/lists" -d '{"name":"Tour"}' | field _id)
call "$API/leads" -d '{"listId":"'"$LIST"'","leads":[
  {"firstName":"John","phone":"(202) 555-1234","companyName":"Acme Corp","customFields":{"Est. Deal Size":"50k"}},
  {"firstName":"Johnny","phone":"+1 202 555 1234"},
  {"firstName":"Amy","email":"Amy@Example.com","phone":"not a phone"}]}' | show
LEAD=$(call "$API/leads?listId=$LIST&search=john" | field leads.0._id)

title 'A CSV of a CRM: first what would become of it, then for real, in the background.'
CSV=test/fixtures/crm-salesforce-2k.csv
curl -sS -f -H "Authorization: Bearer $KEY" "$API/leads/imports?dryRun=true" -F "file=@$CSV" | show | sed -n 1,20p
IMPORT=$(curl -sS -f -H "Authorization: Bearer $KEY" "$API/leads/imports" -F "listId=$LIST" -F "file=@$CSV" | field importId)
wait_for "$API/leads/imports/$IMPORT" '"completed"'
call "$API/leads/imports/$IMPORT" | show
call "$API/leads/imports/$IMPORT/rejected" | sed -n 1,3p
call "$API/leads?search=ridgeway%20amara&limit=1" | field pagination.totalCount

title 'Is John on iMessage? And somebody whose number ends in 10, which the simulator says is not?'
call "$API/leads/check-availability?id=$LEAD" | show
call "$API/leads/check-availability" -d '{"address":"+12025550110"}' | show

title 'A campaign of two steps for John alone: what would he get, and when?'
AUDIENCE=$(call "$API/lists" -d '{"name":"Tour audience"}' | field _id)
CAMPAIGN=$(call "$API/campaigns" -d '{"name":"Tour","listId":"'"$AUDIENCE"'","settings":{"contactGapSeconds":2},"steps":[
  {"template":"Hi {firstName|there}, a question about {companyName|your team}","wait":{"amount":0,"unit":"seconds"}},
  {"template":"Did you see this, {firstName|friend}?","wait":{"amount":10,"unit":"minutes"}}]}' | field _id)
call "$API/campaigns/$CAMPAIGN/preview" -d '{"leadId":"'"$LEAD"'"}' | show

title 'Launch it, and bring John and one more person in.'
call -X POST "$API/campaigns/$CAMPAIGN/launch" | field status
call "$API/campaigns/$CAMPAIGN/leads" -d '{"leadId":"'"$LEAD"'"}' | field message
call "$API/campaigns/$CAMPAIGN/leads" -d '{"lead":{"firstName":"Jane","phone":"+12025550000"}}' | field message
wait_for "$API/messages?leadId=$LEAD&campaignId=$CAMPAIGN&status=delivered" '"totalCount":1'
call "$API/campaigns/$CAMPAIGN/report" | show | sed -n 1,20p

title 'John answers, and what still waits for him is cancelled.'
curl -sS -f -X POST "$BRIDGE/reply" -H 'Content-Type: application/json' -d '{"address":"+12025551234","text":"Tell me more"}' >/dev/null
wait_for "$API/messages?leadId=$LEAD&campaignId=$CAMPAIGN&status=cancelled" '"replied"'
call "$API/replies" | field replies.0.message

title 'What the bridge was really asked to send last.'
curl -sS -f "$BRIDGE/ledger?kind=send" | node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).at(-1), null, 2)'
title 'That was the tour.'
