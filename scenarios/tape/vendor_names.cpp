#include "scenarios/tape/vendor_names.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

/// Of the members, fields, objects, parameters, headers, elements and media types of Salesforce, OpenCX, HTTP, mail, HTML, SOAP and OAuth, and of
/// the programs that speak HTTP. First names and surnames are none of them unless a vendor has the word too.
constexpr std::string_view kWords = R"(
  abbr above accept access accessibility account accounts accuracy action actions activate activateable active activities activity actor
  actual add additional addr address admin advance advanced after agent agents aggregatable aggregate ai aiohttp alert alg alias align
  alive all allornone allow allowed alt alternative amount amzn analytics and android announcements annual anonymized answer any apache
  apex api apiusage apiversion apos app applewebkit applicable application applications appointment appointments approval approvals apr
  archive archived argument aria array article as asc ascending ascii aside asserted assertion asset assets assign assigned assignee
  assignment assist assistance assistant associate associated assumed async at atom attachment attachments attlist attribute attributes au
  aud audio auth author authorization authorize auto autocomplete automation available avatar avg awaiting awarded axios back background
  badge baggage banner base based basic batch batches batchsize bcc be bearer beast before below best beta bg bgcolor billing bin binary
  birthdate blob block blocked blockquote bodies body boolean boost border bot bots bottom boundary br branch bridge browser build builder
  bulk bundle business button buttons by bypass byte bytes ca cache caddy calculate calculated calendar call callback callout callouts
  calls campaign cancel cancelled cannot canonical canvas capabilities caption capture card cardinality cards carousel cascade case
  casenumber cases casewire catalog categories category cc cdata cdc cell cellpadding cellspacing cf ch challenge challenges change
  changed changes channel channels charset chart chat chatbot chatter check checked checkpoint checksum child children chrome chunked
  circle circular cite city claims class cli click client clients clone cloneable close closed closure cloudflare cms cn cnt code codes
  col colgroup collapsed collapsible collection collections color colors colspan column columns com combobox comment comments community
  compact company compatible complete completed complicated component components composite compound concurrency concurrent condition
  config configuration confirm conflict connect connected connection consent console consumer contact contacts contained content contents
  context contract contracts contributor control controller controlling conversation conversations convert convertcurrency converted
  converttimezone cookie cookies coordinates copy correction correlation corrupt cors cost count counter country county covered cpp create
  createable created creates creation creator credential credentials credit criteria crm cross crypto cs csat csp csrf csv cube curl
  currency current currently cursor custom customer customers customization customize cx da daily damaged dashboard dashboards data
  database datadog dataflow date datetime day days db dd de debug dec decimal decision dedupe default defaulted deferred defined
  definition deflate defs degree del delay deletable delete deleted deletes delivered delivery denied deny department dependency dependent
  deploy deprecated depth desc descending describe description design desired dest detail details detected dev developer device dfn dial
  digest digits dir direction directories directory disable disabled disallow discovery display distance distinct div division dl dns dnt
  do doc doctype document documents docx domain domains done dotnet downlink download downloads draft dt dtd due duplicate duplicates
  durable duration during earliest ect edg edge edit editable edition editor einstein el element elements eligible else em email emails
  embed embedded empty en enable enabled encoding encrypt encrypted end ended endpoint ends enforced engine enhanced enriched ens
  enterprise entities entitlement entitlements entity entries entry enum envelope environment envoy equals error errorcode errors es
  escalated escalation escalations estimate etag event events everything exact exceeded excel except exception exclude excluded excludes
  execute executed execution executions exist exists exp expand expanded expected expiration expire expired expires explain explanation
  explorer export expose expr express expression ext extended extends extension extensions external externally extra facet failed fails
  failure fallback false family faq faraday fault faultcode faults faultstring fax feature features feed feedback feeds fetch fi field
  fields fieldset figcaption figure file filename files fill filter filterable filtered filters final find fingerprint fingerprints
  firefox first fiscal fixed flag flags flat float floor flow flows fns folder folders follow font footer for forbidden forecast foreign
  forgot form format formats formatted forms formula forward forwarded found fr fragment frame frequency from fulfilled full fullname
  function functions gateway gb gecko generate generated generic geo geocode geolocation get gif gift given global gmt go goal got granted
  grantee graph graphql graphs group groupable grouped grouping groups gt gunicorn guzzle gz gzip handed handle handler handoff handoffs
  har has hash having head header headers heading headlesschrome headline height help helpful heroku hidden hide hierarchy high highlight
  highlights hint history hit hits hk hook hooks host hosts hour hourly hours hr href hsts htm html http httpclient httpheaders httplib
  https httpstatuscode httpx hu human hybrid hyperlink iat ico icon icons id ideas identifier identifiers identity ids ie if ignore
  ignored iis image images img immediate immutable impact implementation import important in inactive inbody inbound inbox incident
  include included includes incoming incomplete independent index indexed individual industry info information infos ingest inherit
  inherited initial inline input inputs ins insert insertable inserted insight insights insomnia install installed instance instances
  instruction instructions insufficient int integer integration integrity intel intent interaction interface interfaces internal interval
  invalid inventory invite invoice ip ipad iphone is isclosed iso iss issue issued issuer issues it item items iteration ja java
  javascript jersey job jobs join jp jpeg jpg jsforce json jwks jwt keep kept kestrel key keys keyword keywords khtml kid kind knowledge
  ko label labels lane lanes lang language languages large last late latency latest latin latitude launch layout layoutable layouts ld
  lead leader leading leads left legacy legal legend length level levels li license licenses lifecycle lightning like limit limits line
  lines link linked links linux list listed lists listview listviewable listviews litespeed live loaded loading local locale localized
  localizedvalue location locations locator lock locked log logged login logins logo logout logs long longitude lookup loss lost low lower
  loyalty lt mac macintosh macro mail mailbox mailing main maintenance major maker managed manager mandatory manifest many map mapping
  mappings marked marketing mask mass master match matched matches matching material max maximum mb md me media medium member members
  membership memo mention mentions menu merchant merge mergeable merged message messages messaging meta metadata metering method methods
  metric metrics mfa middle migrate milestone milestones mime min minimum minor minute minutes missing mitmproxy mixed mobile mode model
  models moderation modified modifier modstamp module monday monitor monitoring month monthly months more mover mozilla mp mpeg mru ms msg
  msword multi multipart multipicklist multiple multirow mustunderstand mute mx my name named names namespace native nav navigation nbf
  needed negative network neutral never new newrelic news newsletter next nextrecordsurl nginx nick nickname nillable nl no node nodes non
  nonce none noreply noscript nosniff not notation note notes notification notifications notifier notify nowrap nps ns nt null nullable
  nulls num number numbers nz oauth object objects octet ocx odt of off officedocument offset ogg ok okhttp ol old omni on onboarding
  onclick one oneoff online only opaque open opencx opened openid opening openresty openxmlformats operation operations operator
  opportunities opportunity opt optgroup optimization option optional options or order ordering orders org organization origin original
  origins os other others outage outages outbound outcome outgoing output outside over overall overlap override overrides own owner owners
  package packages page pageable pages pagination paid panel parallel param parameter parameterized parameters params parent parentspanid
  parsed part partial participant participants partner parts party passed password patch path paths paused payload payment payments pcdata
  pdf pending per percent percentage period periods permission permissionable permissions permset person personal phase phone phones photo
  photos php picklist picklists picture pinned pipeline pkce pkcs pl placeholder placement plain plan plans platform playlist playwright
  plural png policy poll polling polygon polymorphic pool popup port portal position positive post postal posted postman postmanruntime
  posts powered powerpoint ppt pptx pragma pre precision predict prediction predictions preference preferences preferred prefilterable
  prefix preflight preload presence presentationml press prev preview previous previously price pricebook primary principal print prior
  priority privacy private privilege probability problem process processed processing product production products profile profiles
  progress prompt proof properties property prospect proto protocol provided provider provisioning proxied proxy pt public publish
  published publisher publishing pull purchase purpose push put python quality quantity quarter quarters query queryable queryfor question
  questions queue queues quick quota quote quotes rails random range ranges rank rar rate ratelimit rates rating ratio raw reach read
  readable reading readonly ready real reason reasons rebuild receipt receive received recent recently recipient recipients recommended
  reconciliation reconnect record records recordset rect recycle recycled redirect reduced ref reference referenced referenceid references
  refresh refs refund regenerate region registration reindex reject rejected rel related relation relations relationship relationships
  relative release relevance reload remaining remote remove removed rename renew renewal reopened rep repeat replacement replicateable
  replication replied replies reply report reports repository reputation request requested requester requests require required requires
  resend reserved reset resolution resolve resolved resource resources respond responder response responses rest restore restrict
  restricted result results resume resumed retention retries retrieve retrieveable retry return returned returning returns revenue reverse
  revert review reviewed reviews revision revoke revoked rich right ro role roles roll rolled rollup root rotate rotation route routes
  routing row rows rowspan rss rt rtf rtt ru rule rules run running runs runtime safari sales salesforce salutation samp sample sampled
  sandbox save saved scale scan schedule scheduled schema schemas scheme scope scopes score scores screen script scroll sdk sealed search
  searchable seat seats sec second secondary seconds secret section sections secure secured security seen segment segments select selected
  selection selector self seller send sender senders sending sends sensitive sent sentiment sentry sep sequence serial serve served server
  servers service services session sessions set setting settings setup severity sf sfdc sfdcedge sforce share shareable shared shares
  sharing sheet shipping shop short should show sic sid side sidebar sig sign signal signature signed signing signup simforce simple since
  single site sites size sizes sk skeleton skill skills skip skipped sla slack slot slug small smart sms smtp snapshot snippet snooze
  snoozed soap soapenv sobject sobjects social software solution solutions solved soon soql sort sortable sorted source sources space spam
  span spanid spec special spell split spread spreadsheetml src srcset stack stage stages stale standalone standard star starred stars
  start started starts startup stat state states static statistics stats status statuscode statuses stay std step steps stop stopped
  storage store stored story stream streaming street strict strike string strings stroke strong style styles sub subaccount subdomain
  subject submission submit submitted subs subscribe subscriber subscription subscriptions subsidiary subtitle subtype subtypes success
  successes successful suffix suggested suggestion suggestions sum summaries summary sup superuser supplied supply support supported
  surrogate survey suspended sv svg sweep switch symbol sync synced synonyms syntax system tab tabindex table tables tabs tag tags take
  taken takeover tar target targets task tasks tax tbody td te team teams tel template templates temporary tenant term terminated terms
  territory test tests text textarea tfoot th than that the thead theme themes then third this thread threads threshold thumbnail thumbs
  ticker ticket tickets tier tiff tile time timed timeline timeout timer times timestamp timezone timezonesidkey timing timings tip title
  to today todays token tokens tolabel tomorrow tool toolbar tooling tooltip top topic topics total totals totalsize touch tr trace
  traceid traceparent tracestate track tracking traffic trailer transaction transactional transcript transfer transferred transform
  transition transitional translation transport treat tree trend triage trial trigger triggerable triggers trim true trusted try tt tw txt
  type typeof types typing tz ua ui uk ul unable unassign unassigned unauthorized unavailable uncategorized undeletable undelete under
  undici undo unexpected unfiled unique unit units unknown unless unlimited unlisted unread unresolved unsubscribe unsubscribed
  unsuccessful unsupported until unused unverified up updatable update updateable updated updates upgrade upload uploaded upper upsert
  upstream urgent uri url urlencoded urllib urls urn us usage use used usemap user userinfo username users using utc utf utm uuid uvicorn
  valid validated validation validity valign value values var variable variables variant varnish vary vat vendor verb vercel verification
  verified verifier verify version versions very via video view viewbox viewed viewer viewport views viewstat vip visibility visible visit
  visitor visitors visits visualforce voice volume vote voted votes wait waiting wallet warmup warn warning warnings wav wave web webhook
  webhooks webp website webstore week weight wget what when where who why widget width wildcard win window windows wire with without woff
  wordprocessingml work worker workflow workitem workspace workspaces world write writes wrong wsdl wss wsse wsu www xhtml xlink xls xlsx
  xml xmlns xmlsoap xsd xsi xslt xss year yearly years yesterday zh zip zone zstd
)";

bool is_known(std::string_view word) {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> all;
    for (std::size_t at = kWords.find_first_not_of(" \n"); at < kWords.size();) {
      const std::size_t end = kWords.find_first_of(" \n", at);
      all.insert(kWords.substr(at, end - at));
      at = kWords.find_first_not_of(" \n", end);
    }
    return all;
  }();
  return word.size() == 1 || words.contains(lowercase(word));
}

/// How long the first word is: `lastModified` has two, `XMLSchema` too, `HTTP` one.
std::size_t length_of_word(std::string_view name) {
  const auto is_capital = [&](std::size_t at) { return at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; };
  const auto is_small = [&](std::size_t at) { return at < name.size() && name[at] >= 'a' && name[at] <= 'z'; };
  std::size_t end = 0;
  while (is_capital(end)) ++end;
  if (end > 1 && is_small(end)) return end - 1;
  while (is_small(end)) ++end;
  return end;
}

/// An admin calls a field `Shoe_Size__c`, a package `acme__Size__c`: the table is called so, nobody in it.
bool is_custom(std::string_view name) {
  constexpr std::size_t kLongestSuffix = 8;  // as `__history` and `__mdt`
  const std::size_t lines = name.rfind("__");
  if (lines == 0 || lines == std::string_view::npos) return false;
  const std::string_view suffix = name.substr(lines + 2);
  return !suffix.empty() && suffix.size() <= kLongestSuffix && std::all_of(suffix.begin(), suffix.end(), is_letter);
}

bool is_made_of_known_words(std::string_view name) {
  while (!name.empty()) {
    const std::size_t length = is_letter(name[0]) ? length_of_word(name) : 0;
    if (length != 0 && !is_known(name.substr(0, length))) return false;
    name.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return true;
}

}  // namespace

bool is_vendor_name(std::string_view name) {
  constexpr std::size_t kLongest =
      60;  // a package's prefix, two low lines, 40 characters and `__c`; the names of some limits have 43
  constexpr std::ptrdiff_t kDigitsMax = 3;
  const auto is_of_name = [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-' || c == ':'; };
  if (name.empty() || name.size() > kLongest || !std::all_of(name.begin(), name.end(), is_of_name)) return false;
  if (std::count_if(name.begin(), name.end(), is_digit) > kDigitsMax) return false;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(".:-"), name.size());
    const std::string_view part = name.substr(0, end);
    if (!is_custom(part) && !is_known(part) && !is_made_of_known_words(part)) return false;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return true;
}

}  // namespace casewire::scenarios
