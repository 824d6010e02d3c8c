Feature: How the bridge is set up

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the bridge takes public comments for replies
      Given the bridge takes public comments for replies
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public comment on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: the bridge takes public posts for replies
      Given the bridge takes public posts for replies
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public post on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: the bridge wants OpenCX's webhooks signed
      Given the bridge wants OpenCX's webhooks signed
      And the next webhook from OpenCX is unsigned
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has refused 1 webhook from OpenCX

    Scenario: the secret of {system}'s webhooks is being changed
      Given the secret of OpenCX's webhooks has been changed
      And the secret of OpenCX's webhooks is being changed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has refused 0 webhooks from OpenCX

    Scenario: the old secret of {system}'s webhooks is still known
      Given the secret of OpenCX's webhooks has been changed
      And the old secret of OpenCX's webhooks is still known
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the bridge has refused 0 webhooks from OpenCX

    Scenario: the secret of {system}'s webhooks has been changed
      Given the secret of Salesforce's webhooks has been changed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the bridge has refused 2 webhooks from Salesforce

    Scenario: the bridge's setting {setting} is {value}
      Given the bridge's setting "sweep_every" is "1 min"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given webhooks from OpenCX are lost for 1 hour
      When Dana replies: "Any news?"
      Then case A gains the comment "Any news?" within 2 minutes

    Scenario: the bridge checks every {duration} what it needs
      Given the bridge checks every 1 hour what it needs
      When the operator runs "status"
      Then the operator reads "checked 2026-01-05T09:00:00.000Z"

  Rule: Fails

    Scenario: the bridge's setting {setting} is {value}
      Given the bridge's setting "give_up" is "2 h"
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
