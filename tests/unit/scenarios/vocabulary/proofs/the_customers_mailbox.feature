Feature: The customer's mailbox

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {customer} receives {text} [in the same thread] [from {address}] [with the file {file} [and the file {file}]...]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." in the same thread from help@acme.test

    Scenario: {customer} receives the file {file} as {type}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "invoice.pdf": "Soon."
      Then Dana receives the file "invoice.pdf" as "application/pdf"

    Scenario: {customer} receives {text} under the subject {subject}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." under the subject "Re: Order 1182"

    Scenario: {customer} receives in this order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      When Ruiz replies on case A: "Now."
      Then Dana receives in this order:
        | Soon. |
        | Now.  |

    Scenario: {customer} does not receive {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana does not receive "Later."

    Scenario: {customer} has received {text} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received "Soon." 1 time

    Scenario: {customer} has received {count} mail|mails
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received 1 mail

    Scenario: {customer} receives nothing
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Then Dana receives nothing

    Scenario: {customer} receives {text} within {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." within 10 seconds

    Scenario: {customer} receives {text} with {count} file|files
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "invoice.pdf": "Soon."
      Then Dana receives "Soon." with 1 file

  Rule: Fails

    Scenario: {customer} receives {text} [in the same thread] [from {address}] [with the file {file} [and the file {file}]...]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      And Dana emails help@acme.test about "Another thing": "Hello"
      And the AI answers: "Hello to you."
      Then Dana receives "Soon." in the same thread from help@acme.test
      And Dana receives "Soon." in the same thread from help@acme.test

    Scenario: {customer} receives the file {file} as {type}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "invoice.pdf": "Soon."
      Then Dana receives the file "invoice.pdf" as "image/png"

    Scenario: {customer} receives {text} under the subject {subject}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." under the subject "Order 1183"

    Scenario: {customer} receives in this order: {texts}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      When Ruiz replies on case A: "Now."
      Then Dana receives in this order:
        | Now.  |
        | Soon. |

    Scenario: {customer} does not receive {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana does not receive "Soon."

    Scenario: {customer} has received {text} {count} time|times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received "Soon." 2 times

    Scenario: {customer} has received {count} mail|mails
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana has received 0 mails

    Scenario: {customer} receives nothing
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      Then Dana receives nothing

    Scenario: {customer} receives {text} within {duration}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      Given Salesforce is down for 1 hour
      When Ruiz replies on case A: "Soon."
      Then Dana receives "Soon." within 10 seconds

    Scenario: {customer} receives {text} with {count} file|files
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "invoice.pdf": "Soon."
      Then Dana receives "Soon." with 2 files
