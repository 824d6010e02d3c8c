Feature: What else is mailed from Salesforce

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {rep} writes the draft on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the draft on case A: "Soon."
      And Ruiz sends the draft on case A
      Then Dana receives "Soon."

    Scenario: {rep} sends the draft on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the draft on case A: "Soon."
      And Ruiz sends the draft on case A
      Then Dana receives "Soon."

    Scenario: {rep} mails from Salesforce on case {case} [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz mails from Salesforce on case A with the file "label.png": "Soon."
      Then Dana receives "Soon." with the file "label.png"
      And the Inbox does not show "Soon."

    Scenario: the org mails {customer} about case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When the org mails Dana about case A: "We have received your request."
      Then Dana has received 1 mail
      And the Inbox does not show "We have received your request."

    Scenario: {rep} replies on case {case} and announces a file: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A and announces a file: "See the label."
      And 2 seconds pass
      And Ruiz attaches the file "label.png" to the last reply on case A
      Then Dana receives "See the label." with the file "label.png"

    Scenario: {rep} saves a mail with the status {status} on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz saves a mail with the status "Sent" on case A: "Soon."
      Then Dana receives "Soon."

  Rule: Fails

    Scenario: {rep} writes the draft on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Okafor deletes case A
      And Ruiz writes the draft on case A: "Soon."
      Then Dana receives nothing

    Scenario: {rep} sends the draft on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      And Ruiz sends the draft on case A
      Then Dana receives nothing

    Scenario: {rep} mails from Salesforce on case {case} [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Okafor deletes case A
      And Ruiz mails from Salesforce on case A: "Soon."
      Then Dana receives nothing

    Scenario: the org mails {customer} about case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Okafor deletes case A
      And the org mails Dana about case A: "Soon."
      Then Dana receives nothing

    Scenario: {rep} replies on case {case} and announces a file: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Okafor deletes case A
      And Ruiz replies on case A and announces a file: "Soon."
      Then Dana receives nothing
