Feature: In the org

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: Salesforce refuses the next [{count}] {operation} with {refusal}
      Given Salesforce refuses the next Case create with UNABLE_TO_LOCK_ROW
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: Salesforce refuses a row of the next {operation} with {refusal}
      Given Salesforce refuses a row of the next Case create with UNABLE_TO_LOCK_ROW
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

    Scenario: the org refuses a Case without {field}: {text}
      Given the org refuses a Case without "Reason": "Say why"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the org refuses a Case with {field}: {text}
      Given the org refuses a Case with "SuppliedEmail": "Name the contact instead"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then the bridge has parked 1 job

    Scenario: case {case} is locked for {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When case A is locked for 20 minutes
      And Dana replies: "Any news?"
      Then case A has at most 1 comment

    Scenario: the org's storage is full
      Given the org's storage is full
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the org's storage has room again
      Given the org's storage is full
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 1 minute passes
      And the org's storage has room again
      And 13 hours pass
      Then Dana has 1 case

    Scenario: the org's API calls are used up
      Given the org's API calls are used up
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the org's API calls are given back
      Given the org's API calls are used up
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 1 minute passes
      And the org's API calls are given back
      And 25 hours pass
      Then Dana has 1 case

    Scenario: the refresh token is revoked
      Given the refresh token is revoked
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the integration user is deactivated
      Given the integration user is deactivated
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the integration user is active again
      Given the integration user is deactivated
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 1 minute passes
      And the integration user is active again
      And 13 hours pass
      Then Dana has 1 case

    Scenario: the org's trigger on {object} is inactive
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given the org's trigger on "EmailMessage" is inactive
      And the org's trigger on "CaseComment" is inactive
      When Ruiz replies on case A: "Soon."
      And 1 minute passes
      Then the bridge has got 1 webhook from Salesforce

    Scenario: the org's trigger on {object} is active again
      Given the org's trigger on "EmailMessage" is inactive
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given the org's trigger on "EmailMessage" is active again
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." within 1 minute

    Scenario: the org's Named Credential holds an old URL
      Given the org's Named Credential holds an old URL
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the bridge has refused 2 webhooks from Salesforce

    Scenario: the org's Named Credential holds the bridge's URL
      Given the org's Named Credential holds an old URL
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given the org's Named Credential holds the bridge's URL
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." within 1 minute

    Scenario: another org answers behind the same settings
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given another org answers behind the same settings
      When the operator runs "check"
      Then the operator reads "give the other org a state_dir of its own"

    Scenario: the right org answers again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given another org answers behind the same settings
      When 10 minutes pass
      Given the right org answers again
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: case {case} is missing from queries for {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When case A is missing from queries for 1 hour
      And Ruiz replies on case A: "Soon."
      Then Dana receives nothing
      When 2 hours pass
      Then Dana receives "Soon."

    Scenario: the org's file storage is full
      Given a file "plan.pdf" of 20 KB
      And the org's file storage is full
      When Dana emails help@acme.test about "Order 1182" with the file "plan.pdf": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has 0 files

    Scenario: the integration user may not create {object}
      Given the integration user may not create "CaseComment"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the integration user may not edit {object}
      Given the integration user may not edit "Case"
      When the operator runs "check"
      Then the operator reads "wrong may open Cases"

    Scenario: the integration user may not write {field} of Cases
      Given the integration user may not write "Case_From__c" of Cases
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

    Scenario: the integration user has its rights again
      Given the integration user may not create "Case"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      And 1 minute passes
      And the integration user has its rights again
      And 1 hour passes
      Then case A opens from opencx with the summary "Refund"

    Scenario: Salesforce refuses the second row of the next {operation} with {refusal}
      Given Salesforce refuses the second row of the next CaseComment create with UNABLE_TO_LOCK_ROW
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Let me look."
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And Salesforce has been asked for 2 Case creates

  Rule: Fails

    Scenario: the integration user may not create {object}
      Given the integration user may not create "CaseComments"
      Then Dana has 0 cases

    Scenario: the integration user may not edit {object}
      Given the integration user may not edit "Kase"
      Then Dana has 0 cases

    Scenario: the integration user may not write {field} of Cases
      Given the integration user may not write "Case_Form__c" of Cases
      Then Dana has 0 cases

    Scenario: the org's trigger on {object} is inactive
      Given the org's trigger on "EmailMassage" is inactive
      Then Dana has 0 cases
