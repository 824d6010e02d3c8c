Feature: What people do with records

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {rep} and {other} reply on case {case} in the same second: {text} and {second}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz and Okafor reply on case A in the same second: "Soon." and "Now."
      Then Dana receives in this order:
        | Soon. |
        | Now.  |

    Scenario: {rep} replies on case {case} in HTML [with the text {plain}]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A in HTML with the text "I look into it.": "<p>Looking <b>into</b> it.</p>"
      Then Dana receives "I look into it."

    Scenario: {rep} replies on case {case} with the picture {file} in the text: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the picture "label.png" in the text: "It looks like this."
      Then Dana receives "It looks like this." with the file "label.png"

    Scenario: {rep} pastes the picture {file} into a reply on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz pastes the picture "label.png" into a reply on case A: "It looks like this."
      Then Dana receives "It looks like this."

    Scenario: {rep} replies on case {case} with HTML that names the file {file} [and the file {file}]... of case {other} [twice] [by its document]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Eli emails help@acme.test about "Order 7": "And mine?"
      And the AI hands off Eli's conversation: "Another"
      Then case B opens from opencx with the summary "Another"
      When Ruiz attaches the file "invoice.pdf" to case B
      And Ruiz replies on case A with HTML that names the file "invoice.pdf" of case B: "Soon."
      Then Dana receives "Soon."

    Scenario: {rep} attaches the file {file} to case {case} [under the title {title}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz attaches the file "invoice.pdf" to case A
      Then case A has the file "invoice.pdf"

    Scenario: {rep} attaches the file {file} to the last reply on case {case} [under the title {title}]
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "notes.txt": "Soon."
      And Ruiz attaches the file "invoice.pdf" to the last reply on case A
      Then the last reply on case A has 2 files

    Scenario: {rep} edits the comment {comment} on case {case} to {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal comment on case A: "We are on it."
      And Ruiz edits the comment "We are on it." on case A to "It is done."
      Then case A gains the comment "It is done."

    Scenario: {rep} deletes the comment {comment} on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal comment on case A: "We are on it."
      And Ruiz deletes the comment "We are on it." on case A
      Then case A has no comment "We are on it."

    Scenario: {rep} deletes the last reply on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "notes.txt": "Soon."
      And Ruiz replies on case A: "Now."
      And Ruiz deletes the last reply on case A
      Then the last reply on case A has 1 file

    Scenario: {rep} deletes case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz deletes case A
      Then Dana has 0 cases

    Scenario: {rep} undeletes case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz deletes case A
      And Ruiz undeletes case A
      Then Dana has 1 case

    Scenario: {rep} merges case {case} into case {master}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Eli emails help@acme.test about "Hello": "Hi"
      And the AI hands off: "Greeting"
      Then case B opens from opencx with the summary "Greeting"
      When Ruiz merges case B into case A
      Then Eli has 0 open cases

    Scenario: {rep} replies to {to} on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies to "Dana <dana@example.test>" on case A: "Soon."
      Then Dana receives "Soon."

    Scenario: {rep} opens case {case} for {customer} about {subject}: {text}
      When Ruiz opens case A for Dana about "Order 1182": "She has telephoned."
      And Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A gains the comment "Where is it?"

    Scenario: {rep} replies on case {case} with nothing but the file {file}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with nothing but the file "return-label.pdf"
      Then Dana receives the file "return-label.pdf" as "application/pdf"

    Scenario: {rep} opens and closes {count} cases [of another channel] for {customer}
      When Ruiz opens and closes 3 cases for Dana
      Then Dana has 3 cases
      And Dana has 0 open cases

    Scenario: {rep} links the file {file} of case {case} to the last reply
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz attaches the file "invoice.pdf" to case A
      And Ruiz replies on case A: "Soon."
      And Ruiz links the file "invoice.pdf" of case A to the last reply
      Then the last reply on case A has 1 file

    Scenario: {rep} saves the last reply on case {case} again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      And 1 hour passes
      Given Salesforce takes 1 second to answer the next 7 queries
      When Ruiz saves the last reply on case A again
      And 30 minutes pass
      And Ruiz closes case A

  Rule: Fails

    Scenario: {rep} edits the comment {comment} on case {case} to {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz edits the comment "We are on it." on case A to "It is done."
      Then case A is open

    Scenario: {rep} deletes the last reply on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz deletes the last reply on case A
      Then case A is open

    Scenario: {rep} undeletes case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz undeletes case A
      Then Dana has 1 case

    Scenario: {rep} links the file {file} of case {case} to the last reply
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A: "Soon."
      And Ruiz links the file "invoice.pdf" of case A to the last reply

    Scenario: {rep} saves the last reply on case {case} again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz saves the last reply on case A again
