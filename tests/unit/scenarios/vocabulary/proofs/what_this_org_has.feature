Feature: What this org has

  Rule: Holds

    Scenario: the org has no trigger
      Given the org has no trigger
      And the rep Ruiz works the queue "Support"
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the bridge has got 0 webhooks from Salesforce
      And Dana receives "Soon."

    Scenario: the org has no field {field} on Cases
      Given the org has no field "OpenCX_Handoff__c" on Cases
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the org takes only {text} as {field} of a Case
      Given the org takes only "Phone" as "Origin" of a Case
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And "Origin" of case A is empty

    Scenario: the org closes Cases with {status}
      Given the org closes Cases with "Solved"
      And the rep Ruiz works the queue "Support"
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then case A has the status "Solved"
      And case A is closed

    Scenario: the org has the queue {queue}
      Given the org has the queue "Billing"
      And the rep Ruiz works the queue "Billing"
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz gives case A to the queue "Billing"
      Then case A lies in the queue "Billing"

    Scenario: the org allows {count} API calls a day
      Given the org allows 0 API calls a day
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the org has the contact {name} with the address {address}
      Given the org has the contact "Dana Miller" with the address dana@example.test
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then "ContactId" of case A begins with "003"

    Scenario: the org names Cases by 15 characters in its webhooks
      Given the org names Cases by 15 characters in its webhooks
      And the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the last webhook from Salesforce names case A by 15 characters

    Scenario: the org sends its webhooks as {type}
      Given the org sends its webhooks as "image/png"
      And the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the bridge has refused 2 webhooks from Salesforce

    Scenario: the org answers queries in pages of {count} row|rows
      Given the org answers queries in pages of 1 row
      And the customer Dana writes from dana@example.test
      And the rep Ruiz works the queue "Support"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."
      When Ruiz replies on case A: "Today."
      Then Dana receives "Today."
      And Salesforce has told the bridge "nextRecordsUrl"

    Scenario: the org has no assignment rule
      Given the org has no assignment rule
      And the customer Dana writes from dana@example.test
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And "OwnerId" of case A begins with "005"
