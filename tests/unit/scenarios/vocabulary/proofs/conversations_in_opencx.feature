Feature: Conversations in OpenCX

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: the Inbox shows {text} from the agent {rep}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the Inbox shows "Soon." from the agent Ruiz

    Scenario: the Inbox shows {text} from an agent
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the Inbox shows "Soon." from an agent

    Scenario: the Inbox shows {text} from the customer {customer}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the Inbox shows "Where is it?" from the customer Dana

    Scenario: the Inbox does not show {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal comment on case A: "Third refund."
      Then the Inbox does not show "Third refund."

    Scenario: {customer}'s session shows case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana's session shows case A

    Scenario: {customer}'s session is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then Dana's session is closed

    Scenario: the session of case {case} is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then the session of case A is closed

    Scenario: {customer}'s session is open
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana's session is open

    Scenario: {customer} has {count} session|sessions
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana has 1 session

    Scenario: {customer}'s conversation is with a person
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana's conversation is with a person

    Scenario: {customer}'s conversation is with the AI
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then Dana's conversation is with the AI

    Scenario: the AI stays silent [towards {customer}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      When Dana replies: "Thank you."
      And Eli emails help@acme.test about "Hello": "Hi"
      And the AI answers Eli: "Hi to you."
      Then the AI stays silent

    Scenario: the AI has answered {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      Then the AI has answered 1 time

    Scenario: the AI has answered {customer} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Eli emails help@acme.test about "Hello": "Hi"
      And the AI answers: "Soon."
      Then the AI has answered Dana 0 times

    Scenario: the Inbox shows the file {file} from the agent {rep}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "label.png": "Soon."
      Then the Inbox shows the file "label.png" from the agent Ruiz

    Scenario: the Inbox shows the file {file} from the customer {customer}
      When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      Then the Inbox shows the file "invoice.pdf" from the customer Dana

    Scenario: the AI has decided not to answer {customer}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI decides not to answer
      Then the AI has decided not to answer Dana

  Rule: Fails

    Scenario: the Inbox shows {text} from the agent {rep}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the Inbox shows "Soon." from the agent Okafor

    Scenario: the Inbox shows {text} from an agent
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the Inbox shows "Never said." from an agent

    Scenario: the Inbox shows {text} from the customer {customer}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the Inbox shows "Where is it?" from the customer Eli

    Scenario: the Inbox does not show {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then the Inbox does not show "Soon."

    Scenario: {customer}'s session shows case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Eli emails help@acme.test about "Hello": "Hi"
      Then Eli's session shows case A

    Scenario: {customer}'s session is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana's session is closed

    Scenario: the session of case {case} is closed
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the session of case A is closed

    Scenario: {customer}'s session is open
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then the session of case A is closed
      And Dana's session is open

    Scenario: {customer} has {count} session|sessions
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana has 2 sessions

    Scenario: {customer}'s conversation is with a person
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      Then Dana's conversation is with a person

    Scenario: {customer}'s conversation is with the AI
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana's conversation is with the AI

    Scenario: the AI stays silent [towards {customer}]
      Given the AI keeps answering until a person is active
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      And Dana replies: "Any news?"
      And the AI answers: "Let me see."
      Then the AI stays silent

    Scenario: the AI has answered {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then the AI has answered 1 time

    Scenario: the AI has answered {customer} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      Then the AI has answered Dana 0 times

    Scenario: the Inbox shows the file {file} from the agent {rep}
      When Dana emails help@acme.test about "Order 1182" with the file "label.png": "Where is it?"
      Then the Inbox shows the file "label.png" from the agent Ruiz

    Scenario: the Inbox shows the file {file} from the customer {customer}
      When Dana emails help@acme.test about "Order 1182" with the file "label.png": "Where is it?"
      Then the Inbox shows the file "invoice.pdf" from the customer Dana

    Scenario: the AI has decided not to answer {customer}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      Then the AI has decided not to answer Dana
