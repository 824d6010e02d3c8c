@house
Feature: The symptoms of the vendor's troubleshooting page: cause, what the operator reads, and the cure

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @promise:symptom-no-case
  Rule: Cases not created

    Scenario: A validation rule refuses the Case: the handoff is parked with the vendor's words, and goes on when it is retried
      Given Salesforce refuses the next Case create with FIELD_CUSTOM_VALIDATION_EXCEPTION
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      Then the bridge has parked 1 job
      When the operator runs "status"
      Then the operator reads "status parked"
      And the operator reads "casewire-bridge parked list"
      When the operator runs "parked list"
      Then the operator reads "FIELD_CUSTOM_VALIDATION_EXCEPTION"
      When the operator runs "parked retry all"
      Then case A opens from opencx
      When the operator runs "parked list"
      Then the operator reads "nothing is parked"

    @F26
    Scenario: OpenCX's webhook holds an old secret: the sweep opens the Case late, and check says that no webhook comes
      Given the secret of OpenCX's webhooks has been changed
      When 20 minutes pass
      And Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      Then case A opens from opencx
      When 3 minutes pass
      And the operator runs "check"
      Then the operator reads "wrong webhooks of opencx: the sweep found work at"
      And the operator reads "of which no webhook had told; the last never came"
      And the operator reads "the webhook's URL ends with the secret of these settings"

    Scenario: The integration user was deactivated: nothing moves and nothing is lost, status says why, and check what to click
      Given the integration user is deactivated
      And the access token expires
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      And 2 minutes pass
      And the operator runs "status"
      Then the operator reads "status paused"
      And the operator reads "salesforce takes no calls since"
      When the operator runs "check"
      Then the operator reads "wrong salesforce answers"
      And the operator reads "its policies allow the integration user"
      Given the integration user is active again
      Then case A opens from opencx
      When the operator runs "check"
      Then the operator reads "ok salesforce answers"

  @promise:symptom-no-reply
  Rule: Replies not syncing

    @F27
    Scenario: A deployment has left the trigger on replies inactive: they go out late, and check names the trigger
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      Then case A opens from opencx
      Given the org's trigger on "EmailMessage" is inactive
      When Ruiz replies on case A: "It left the depot."
      Then Dana receives "It left the depot."
      When the operator runs "check"
      Then the operator reads "wrong trigger on EmailMessage: OpenCXEmailMessage is Inactive: the sweep alone finds what happens there"
      And the operator reads "in Setup: Apex Triggers, OpenCXEmailMessage: Edit, Is Active"
      Given the org's trigger on "EmailMessage" is active again
      When the operator runs "check"
      Then the operator reads "ok trigger on EmailMessage"
      And the operator does not read "wrong trigger"
      When Ruiz replies on case A: "It is at your door."
      Then Dana receives "It is at your door." within 1 minute

    @F26
    Scenario: The Named Credential holds an old URL: check says so, and the cure is seen
      Given the org's Named Credential holds an old URL
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      Then case A opens from opencx
      When Ruiz replies on case A: "It left the depot."
      Then Dana receives "It left the depot."
      When 3 minutes pass
      And the operator runs "check"
      Then the operator reads "wrong named credential: OpenCX_Integration holds an old URL: its secret is none of the settings"
      And the operator reads "wrong webhooks of salesforce: comments were written at"
      And the operator reads "and the org has told nothing since"
      Given the org's Named Credential holds the bridge's URL
      When Ruiz replies on case A: "It is at your door."
      Then Dana receives "It is at your door." within 1 minute
      When the operator runs "check"
      Then the operator does not read "wrong"
      Given the org's Named Credential holds an old URL
      When Dana replies: "Where exactly?"
      And 3 minutes pass
      And the operator runs "check"
      Then the operator reads "and the org has told nothing since"

    Scenario: The package is not deployed: replies wait for the sweep, and check names what is missing
      Given the org has no trigger
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Dana waits for order 1182"
      Then case A opens from opencx
      When the operator runs "check"
      Then the operator reads "ok webhooks of opencx: the last was taken at"
      And the operator reads "unknown webhooks of salesforce: none was taken since"
      When the operator looks at "/metrics"
      Then the operator reads "casewire_bridge_last_webhook_timestamp_seconds{vendor=\"opencx\"}"
      And the operator does not read "casewire_bridge_last_webhook_timestamp_seconds{vendor=\"salesforce\"}"
      When Ruiz replies on case A: "It left the depot."
      Then Dana receives "It left the depot."
      When the operator runs "check"
      Then the operator reads "wrong trigger on EmailMessage: OpenCXEmailMessage is not deployed"
      And the operator reads "wrong class OpenCXNotifier: it is not deployed"
      And the operator reads "deploy the package"
