"""What a caseworker can do: verbs over ports. No Qt, no SQL, no PDF."""
