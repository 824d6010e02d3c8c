@promise:attachments @F51 @house
Feature: A large file has the time that a slow line needs

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And a file "large.pdf" of 3 MB

  Scenario: The customer's file comes slowly
    Given OpenCX takes 15 seconds to answer the next file read
    When Dana emails help@acme.test about "Lamp" with the file "large.pdf": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A has the file "large.pdf"
    And OpenCX has been asked for 1 file read

  Scenario: The rep's file comes slowly
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce takes 15 seconds to answer the next file read
    When Ruiz replies on case A with the file "large.pdf": "Read this."
    Then Dana receives "Read this." in the same thread with the file "large.pdf"
    And Salesforce has been asked for 1 file read
