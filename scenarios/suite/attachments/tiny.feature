@promise:attachments
Feature: A file that is smaller than what may come in its place is waited for all the same

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And a file "tiny.txt" of 8 bytes

  Scenario Outline: OpenCX answers for the customer's file with <what>
    Given OpenCX answers the next file read with <what>
    When Dana emails help@acme.test about "Lamp" with the file "tiny.txt": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A has the file "tiny.txt"
    And case A has 1 file

    Examples:
      | what                        |
      | an HTML page                |
      | an HTML page of status 503  |
      | garbage                     |
      | a redirect                  |

  Scenario Outline: Salesforce answers for the rep's file with <what>
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce answers the next file read with <what>
    When Ruiz replies on case A with the file "tiny.txt": "Read this."
    Then Dana receives "Read this." in the same thread with the file "tiny.txt"
    And Dana has received 1 mail

    Examples:
      | what                                    |
      | an HTML page                            |
      | an HTML page without a type |
      | garbage                                 |
      | a redirect                              |
