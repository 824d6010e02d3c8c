Feature: What people do in Salesforce

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {rep} replies on case {case} [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz replies on case A with the file "invoice.pdf": "Soon."
      Then Dana receives "Soon." with the file "invoice.pdf"

    Scenario: {rep} writes the internal comment on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal comment on case A: "Third refund this year."
      Then case A gains the comment "Third refund this year."

    Scenario: {rep} writes the public comment on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public comment on case A: "We are on it."
      Then case A gains the comment "We are on it."

    Scenario: {rep} writes the internal post on case {case}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal post on case A: "Third refund this year."
      Then case A tells "Third refund this year."

    Scenario: {rep} writes the public post on case {case} [with the file {file}]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public post on case A with the file "invoice.pdf": "We are on it."
      Then case A tells "We are on it."

    Scenario: {rep} writes the public post on case {case} with the link {link}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public post on case A with the link "https://acme.test/lamps": "This is how it is wired."
      Then case A tells "This is how it is wired."

    Scenario: {rep} writes the public post on case {case} in HTML [with the link {link}]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public post on case A in HTML: "<p>Looking <b>into</b> it.</p>"
      Then case A tells "Looking into it."

    Scenario: {rep} takes case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      Then case A belongs to Ruiz

    Scenario: {rep} sets case {case} to {status}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz sets case A to "Working"
      Then case A has the status "Working"

    Scenario: {rep} sets {field} of case {case} to {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz sets "Priority" of case A to "High"
      Then "Priority" of case A is "High"

    Scenario: {rep} gives case {case} to {owner}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz gives case A to Okafor
      Then case A belongs to Okafor

    Scenario: {rep} gives case {case} to the queue {queue}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz takes case A
      And Ruiz gives case A to the queue "Support"
      Then case A lies in the queue "Support"

    Scenario: {rep} reopens case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      And Ruiz reopens case A
      Then case A is open

    Scenario: {rep} publishes the comment {comment} on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the internal comment on case A: "We are on it."
      And Ruiz publishes the comment "We are on it." on case A
      Then the bridge has got 3 webhooks from Salesforce

    Scenario: {rep} makes the comment {comment} on case {case} internal
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public comment on case A: "We are on it."
      And Ruiz makes the comment "We are on it." on case A internal
      And Ruiz publishes the comment "We are on it." on case A
      Then the bridge has got 3 webhooks from Salesforce

    Scenario: {rep} closes case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz closes case A
      Then case A is closed

    Scenario: {rep} writes the public post on case {case} with nothing but the link {link}
      Given the bridge takes public posts for replies
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz writes the public post on case A with nothing but the link "https://acme.test/lamps"
      Then Dana receives "https://acme.test/lamps"

  Rule: Fails

    Scenario: {rep} sets {field} of case {case} to {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz sets "Prioritty" of case A to "High"
      Then case A is open

    Scenario: {rep} publishes the comment {comment} on case {case}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      When Ruiz publishes the comment "We are on it." on case A
      Then case A is open
