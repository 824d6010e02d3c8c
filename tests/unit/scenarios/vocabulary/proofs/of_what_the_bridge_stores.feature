Feature: Of what the bridge stores

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: a backup is made of what the bridge stores
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given a backup is made of what the bridge stores
      And the bridge is killed
      And the bridge starts again with the backup
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: the bridge starts again with the backup
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given a backup is made of what the bridge stores
      And the bridge is killed
      And the bridge starts again with the backup
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: the bridge starts again with nothing stored
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given the bridge is killed
      And the bridge starts again with nothing stored
      When Dana replies: "Any news?"
      Then case A gains the comment "Any news?"

  Rule: Fails

    Scenario: the bridge starts again with the backup
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given the bridge is killed
      And the bridge starts again with the backup
      Then Dana receives nothing
