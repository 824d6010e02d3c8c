@promise:keeps-trying @I10 @house
Feature: What happens costs as many calls as it must, and no more

  Background:
    Given the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"

  Rule: On her Case

    Background:
      When Dana emails help@acme.test about "Lamp": "It flickers."
      And the AI hands off: "A lamp flickers"
      Then case A opens from opencx with the summary "A lamp flickers"
      When Ruiz replies on case A: "Which lamp is it?"
      Then Dana receives "Which lamp is it?" in the same thread

    Scenario: Ten messages of one conversation
      When Dana replies: "The green one."
      And Dana replies: "The tall one."
      And Dana replies: "The new one."
      And Dana replies: "The only one."
      And Dana replies: "The one by the door."
      And Dana replies: "The one with the dent."
      And Dana replies: "The one from Oslo."
      And Dana replies: "The one for my aunt."
      And Dana replies: "The one that hums."
      And Dana replies: "That one."
      Then case A gains the comment "That one."
      And the bridge has made at most 39 calls to OpenCX

    Scenario: Four messages of another conversation on the same Case
      When Dana emails help@acme.test about "Chair": "It wobbles."
      Then case A gains the comment "It wobbles."
      When Ruiz replies on case A: "Which chair is it?"
      Then Dana receives "Which chair is it?" in the same thread
      When Dana replies: "The tall one."
      And Dana replies: "The new one."
      And Dana replies: "The only one."
      And Dana replies: "The one by the door."
      Then case A gains the comment "The one by the door."
      And the bridge has made at most 19 calls to Salesforce

    Scenario: Four replies after a mail with more files than are copied
      When Dana emails help@acme.test about "My receipts" with 53 small files: "All of them."
      Then case A has 50 files
      When Ruiz replies on case A: "Thank you."
      And Ruiz replies on case A: "We look at them."
      And Ruiz replies on case A: "One is missing."
      And Ruiz replies on case A: "No, here it is."
      Then Dana receives "No, here it is." in the same thread
      And the bridge has made at most 70 calls to Salesforce

  Rule: Nobody's Case

    Scenario: Eight conversations of another channel
      Given OpenCX answers lists in pages of 1
      When Eli chats on the website, and the AI hands off "Asks for hours": "One"
      And Eli chats on the website, and the AI hands off "Asks for prices": "Two"
      And Eli chats on the website, and the AI hands off "Asks for returns": "Three"
      And Eli chats on the website, and the AI hands off "Asks for a lamp": "Four"
      And Eli chats on the website, and the AI hands off "Asks for a chair": "Five"
      And Eli chats on the website, and the AI hands off "Asks for a table": "Six"
      And Eli chats on the website, and the AI hands off "Asks for a sofa": "Seven"
      And Eli chats on the website, and the AI hands off "Asks for a bed": "Eight"
      And 20 minutes pass
      Then the bridge has made at most 26 calls to OpenCX

    Scenario: Thirty Cases of another channel
      Given webhooks from Salesforce are lost for 10 minutes
      When Ruiz opens and closes 30 cases of another channel for Eli
      And 20 minutes pass
      Then the bridge has made at most 12 calls to Salesforce
