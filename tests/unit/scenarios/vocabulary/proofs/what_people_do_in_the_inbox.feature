Feature: What people do in the Inbox

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    And the rep Okafor works the queue "Support"

  Rule: Holds

    Scenario: {rep} takes over {customer}'s conversation in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      Then Dana's conversation is with a person

    Scenario: {rep} hands off {customer}'s conversation in the Inbox: {summary}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz hands off Dana's conversation in the Inbox: "Refund needs a person"
      Then case A opens from opencx with the summary "Refund needs a person"

    Scenario: {rep} writes to {customer} in the Inbox [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz writes to Dana in the Inbox with the file "label.png": "Looking into it."
      Then Dana receives "Looking into it." in the same thread with the file "label.png"
      And Dana's conversation is with a person

    Scenario: {rep} writes the note on {customer}'s conversation in the Inbox: {text}
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz writes the note on Dana's conversation in the Inbox: "Third refund this year."
      Then the Inbox shows "Third refund this year." from the agent Ruiz
      And Dana receives nothing

    Scenario: {rep} closes {customer}'s conversation in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz closes Dana's conversation in the Inbox
      Then Dana's session is closed

    Scenario: {rep} reopens {customer}'s conversation in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz closes Dana's conversation in the Inbox
      And Ruiz reopens Dana's conversation in the Inbox
      Then Dana's session is open

    Scenario: {rep} merges the contact {duplicate} into {customer} in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Eli emails help@acme.test about "Hello": "Hi"
      And Ruiz merges the contact Eli into Dana in the Inbox
      Then Dana has 2 sessions
      And Eli has 0 sessions

    Scenario: {rep} hands {customer}'s conversation back to the AI in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      And Ruiz hands Dana's conversation back to the AI in the Inbox
      Then Dana's conversation is with the AI

    Scenario: {rep} deletes {customer}'s conversation in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz deletes Dana's conversation in the Inbox
      Then Dana has 0 sessions

    Scenario: OpenCX's API key is replaced
      When OpenCX's API key is replaced
      And Dana emails help@acme.test about "Order 1182": "Where is it?"
      And the AI hands off: "Refund"
      Then Dana has 0 cases

  Rule: Fails

    Scenario: {rep} takes over {customer}'s conversation in the Inbox
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz takes over Dana's conversation in the Inbox
      Then Dana has 0 sessions

    Scenario: {rep} hands off {customer}'s conversation in the Inbox: {summary}
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz hands off Dana's conversation in the Inbox: "Refund"
      Then Dana has 1 case

    Scenario: {rep} writes to {customer} in the Inbox [with the file {file} [and the file {file}]...]: {text}
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz writes to Dana in the Inbox: "Looking into it."
      Then Dana receives nothing

    Scenario: {rep} writes the note on {customer}'s conversation in the Inbox: {text}
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz writes the note on Dana's conversation in the Inbox: "Third refund this year."
      Then Dana receives nothing

    Scenario: {rep} closes {customer}'s conversation in the Inbox
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz closes Dana's conversation in the Inbox
      Then Dana has 0 sessions

    Scenario: {rep} reopens {customer}'s conversation in the Inbox
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz reopens Dana's conversation in the Inbox
      Then Dana has 0 sessions

    Scenario: {rep} merges the contact {duplicate} into {customer} in the Inbox
      When Dana emails help@acme.test about "Order 1182": "Where is it?"
      And Ruiz merges the contact Eli into Dana in the Inbox
      Then Dana has 2 sessions

    Scenario: {rep} hands {customer}'s conversation back to the AI in the Inbox
      When Dana emails help@acme.test from dana@home.test about "Order 1182": "Where is it?"
      And Ruiz hands Dana's conversation back to the AI in the Inbox
      Then Dana has 0 sessions
