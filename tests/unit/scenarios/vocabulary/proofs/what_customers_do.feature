Feature: What customers do

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {customer} emails {address} [with a copy to {copy}] about {subject} [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test with a copy to boss@elsewhere.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
      Then the Inbox shows "Where is it?" from the customer Dana

    Scenario: {customer} emails {address} from {sender} about {subject}: {text}
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      Then the bridge has got 1 webhook from OpenCX
      And Dana has 0 sessions

    Scenario: {customer} emails {address} in vain about {subject}: {text}
      When Dana emails helpp@acme.test in vain about "Order 1182": "Where is it?"
      And Dana forwards the mail to help@acme.test: "You did not take this."
      Then the Inbox shows "You did not take this." from the customer Dana

    Scenario: {customer} sends the mail {mail}
      When Dana sends the mail "plain.eml"
      And the AI answers: "On its way."
      Then Dana receives "On its way."

    Scenario: {customer} sends the raw mail: {text}
      When Dana sends the raw mail: "From: dana@example.test\nTo: help@acme.test\nSubject: Order 1182\nMessage-ID: <1@example.test>\n\nWhere is it?"
      And the AI answers: "On its way."
      Then Dana receives "On its way."

    Scenario: {customer} sends the same mail again
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana sends the same mail again
      Then Dana has 2 sessions

    Scenario: {customer} replies [to everybody] [with a copy to {copy}] [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana replies: "Any news?"
      Then the Inbox shows "Any news?" from the customer Dana

    Scenario: {customer} replies from {sender}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      And Dana replies from dana@home.test: "It is me."
      Then the bridge has got 3 webhooks from OpenCX

    Scenario: {customer} replies to the mail about {subject}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana emails help@acme.test about "Another thing": "Hello"
      And Dana replies to the mail about "Order 1182": "Any news?"
      And the AI answers: "Soon."
      Then Dana receives "Soon." under the subject "Re: Order 1182"

    Scenario: {customer} replies without thread headers: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      And Dana replies without thread headers: "Any news?"
      Then the Inbox shows "Any news?" from the customer Dana

    Scenario: {customer} forwards the mail to {address}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      And Dana forwards the mail to help@acme.test: "See below."
      Then the Inbox shows "See below." from the customer Dana

    Scenario: {customer}'s out-of-office answers: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI answers: "Soon."
      And Dana's out-of-office answers: "I am away."
      And Dana replies to the mail about "Automatic reply": "Back again."
      Then the Inbox shows "Back again." from the customer Dana

    Scenario: {customer}'s mail server sends mails back: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana's mail server sends mails back: "mailbox full"
      And the AI answers: "Soon."
      Then Dana receives nothing

    Scenario: {customer} chats on the website, and the AI hands off {summary}: {text}
      When Dana chats on the website, and the AI hands off "Refund": "Where is it?"
      Then the bridge has got 2 webhooks from OpenCX

    Scenario: {customer} emails {address} about {subject} with {count} small files: {text}
      When Dana emails help@acme.test about "Order 1182" with 3 small files: "All my receipts."
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A has 3 files

    Scenario: {customer} and the AI write to each other {count} times
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana and the AI write to each other 3 times
      And the AI hands off: "Refund"
      Then case A opens from opencx with the summary "Refund"
      And case A tells in this order:
        | Answer 1 of 3.   |
        | Question 2 of 3. |
        | Answer 3 of 3.   |

  Rule: Fails

    Scenario: {customer} emails {address} in vain about {subject}: {text}
      When Dana emails help@acme.test in vain about "Order 1182": "Where is it?"
      Then Dana has 1 session

    Scenario: {customer} replies to the mail about {subject}: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana replies to the mail about "Order 1183": "Any news?"
      Then Dana has 1 session

    Scenario: {customer}'s out-of-office answers: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Dana's out-of-office answers: "I am away."
      Then Dana has 1 session
