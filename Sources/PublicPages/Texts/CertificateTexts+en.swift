extension CertificateTexts {
    static let english = Self(
        title: "Certificate", certifies: "This is to certify that", completed: "has successfully completed the course",
        valid: PageWords(
            "This certificate is valid", "It was issued as it is shown here, and nothing of it has been taken back."),
        expired: PageWords("This certificate has expired", "It is genuine, and was valid until %."),
        revoked: PageWords("This certificate was revoked", "It has not been valid since %."),
        reissued: PageWords(
            "This certificate was replaced",
            "A corrected one took its place, and this one is not valid any more. Ask its holder for the new one."
        ),
        erased: "Who held it is not stored any more.",
        issuedOn: "Issued on", validUntil: "Valid until", number: "Number", code: "Code", edition: "Edition",
        compare: "Compare the file",
        compareHow: "A file that is unchanged has this SHA-256 checksum:",
        badge: "The same as a credential that programs can verify (Open Badges 3.0)", checked: "Checked on %.",
        unknown: PageWords(
            "There is no such certificate",
            "Check that the code is complete: 16 letters and digits. A letter O counts as a zero, I and L as a one."
        ),
        ask: PageWords("Is a certificate genuine?", "Enter the code that stands on it."),
        label: "Code of the certificate", button: "Check", description: "What was learnt", criteria: "What it takes",
        noAchievement: PageWords(
            "There is no such course", "Nobody has got a certificate of it, or it had another version."),
        unavailable: PageWords(
            "This cannot be looked up now", "It says nothing about the certificate. Try again in a few minutes."))
}
