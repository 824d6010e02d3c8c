Feature: The stage

  Rule: Holds

    Scenario: the org {org}
      Given the org "kundendienst"
      And the rep Ruiz works the queue "Kundendienst"
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has the status "Neu"

    Scenario: the customer {customer} writes from {address}
      Given the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 1 case

    Scenario: {customer}'s mails are from {text}
      Given the customer Dana writes from dana@example.test
      And Dana's mails are from "Dana Müller"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A gains the comment "Dana Müller"

    Scenario: the rep {rep} works the queue {queue}
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: OpenCX answers mail to {address}
      Given the customer Dana writes from dana@example.test
      And OpenCX answers mail to sales@acme.test
      When Dana emails sales@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "On its way."
      Then Dana receives "On its way." from sales@acme.test

    Scenario: the AI answers every mail with {text} [after {duration}]
      Given the customer Dana writes from dana@example.test
      And the AI answers every mail with "Let me look." after 8 seconds
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then Dana receives "Let me look."

    Scenario: the AI keeps answering until a person is active
      Given the customer Dana writes from dana@example.test
      And the AI answers every mail with "Let me look."
      And the AI keeps answering until a person is active
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And Dana replies: "Anybody?"
      Then the AI has answered 2 times

    Scenario: the rest comes from the model
      Given the customer Dana writes from dana@example.test
      And the recording "handoff.har"
      And the rest comes from the model
      When the recorded webhooks arrive
      And 30 minutes pass
      Then every recorded request was made

    Scenario: the recorded {request} to {system} may come any number of times
      Given the recording "handoff.har"
      And the recorded "POST /services/data/*/composite" to Salesforce may come any number of times
      And the recorded "GET /chat/sessions" to OpenCX may come any number of times
      When the recorded webhooks arrive
      And 30 minutes pass
      Then every recorded request was made

    Scenario: the recorded {request} to {system} may come at most {count} time|times
      Given the recording "handoff.har"
      And the recorded "POST /services/data/*/composite" to Salesforce may come at most 50 times
      And the recorded "GET /chat/sessions" to OpenCX may come at most 50 times
      When the recorded webhooks arrive
      And 30 minutes pass
      Then every recorded request was made

    Scenario: the recorded {request} to {system} may differ in {member}
      Given the recording "another-bridge.har"
      And the recorded "POST /services/data/*/composite" to Salesforce may differ in "/body/compositeRequest/0/body/Origin"
      When the recorded webhooks arrive
      Then every recorded request was made

    Scenario: the recording {recording}
      Given the customer Dana writes from dana@example.test
      And the recording "handoff.har"
      When the recorded webhooks arrive
      Then every recorded request was made

    Scenario: OpenCX answers lists in pages of {count}
      Given OpenCX answers lists in pages of 1
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "\"next\":\""

    Scenario: OpenCX takes nobody's address for proved
      Given OpenCX takes nobody's address for proved
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "non_verified_email"

    Scenario: OpenCX's reads are {duration} behind
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And OpenCX's reads are 1 minute behind
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And "CreatedDate" of case A begins with "2026-01-05T09:01"

    Scenario: OpenCX's lists are {duration} behind
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And OpenCX's lists are 1 hour behind
      And webhooks from OpenCX are lost for 30 minutes
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 2 hours pass
      Then case A opens from opencx with the summary "Refund"
      And "CreatedDate" of case A begins with "2026-01-05T10"

    Scenario: OpenCX tells times in whole seconds
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And OpenCX tells times in whole seconds
      And OpenCX's clock is 250 milliseconds fast
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "09:00:00.000Z"

    Scenario: OpenCX's agents have numbers
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And OpenCX's agents have numbers
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      Then case A opens from opencx
      And OpenCX has told the bridge "\"assignee_id\":1"

    Scenario: OpenCX uses its new secret, and signs with the old one too
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And the secret of OpenCX's webhooks has been changed
      And OpenCX uses its new secret, and signs with the old one too
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has refused 0 webhooks from OpenCX
      And case A opens from opencx with the summary "Refund"

    Scenario: OpenCX's webhook secret is {text}
      Given the customer Dana writes from dana@example.test
      And the secret of OpenCX's webhooks has been changed
      And OpenCX's webhook secret is "whsec-casewire-to-come"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has refused 0 webhooks from OpenCX
      And case A opens from opencx with the summary "Refund"

    Scenario: {system} calls the bridge by the other's webhook secret
      Given the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      And Salesforce calls the bridge by the other's webhook secret
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the bridge has refused 2 webhooks from Salesforce

    Scenario: OpenCX keeps files on another host
      Given the customer Dana writes from dana@example.test
      And OpenCX keeps files on another host
      When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge ".files.test/"

    Scenario: OpenCX tells texts as they were mailed
      Given the customer Dana writes from dana@example.test
      And OpenCX tells texts as they were mailed
      When Dana emails help@acme.test about "Order 1182": "Where is it?\nWhen does it come?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "Where is it?\\r\\nWhen"

    Scenario: OpenCX tells names of files as they were mailed
      Given the customer Dana writes from dana@example.test
      And OpenCX tells names of files as they were mailed
      When Dana sends the raw mail: "From: dana@example.test\nTo: help@acme.test\nSubject: Order 1182\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"/home/dana/scan.pdf\"\n\nscan"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "/home/dana/scan.pdf"

    Scenario: OpenCX tells sizes of files as they were mailed
      Given the customer Dana writes from dana@example.test
      And OpenCX tells sizes of files as they were mailed
      And a file "tiny.txt" of 8 bytes
      When Dana emails help@acme.test about "Order 1182" with the file "tiny.txt": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "\"size\":12"

    Scenario: OpenCX tells addresses as they were mailed
      Given the customer Dana writes from dana@example.test
      And OpenCX tells addresses as they were mailed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana emails help@acme.test from DANA@example.test about "Order 7": "And this?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And OpenCX has told the bridge "\"DANA@example.test\""
