@a
Feature: Nothing happens here

  Only a description.
