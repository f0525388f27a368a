extension CertificateTexts {
    static let french = Self(
        title: "Certificat", certifies: "Nous certifions que", completed: "a suivi avec succès le cours",
        valid: PageWords(
            "Ce certificat est valable", "Il a été délivré tel qu’il figure ici, et rien n’en a été retiré."),
        expired: PageWords("Ce certificat a expiré", "Il est authentique et était valable jusqu’au %."),
        revoked: PageWords("Ce certificat a été révoqué", "Il n’est plus valable depuis le %."),
        reissued: PageWords(
            "Ce certificat a été remplacé",
            "Un certificat corrigé a pris sa place ; celui-ci n’est plus valable. Demandez le nouveau à son titulaire."
        ),
        erased: "Le nom de son titulaire n’est plus conservé.",
        issuedOn: "Délivré le", validUntil: "Valable jusqu’au", number: "Numéro", code: "Code", edition: "Édition",
        compare: "Comparer le fichier",
        compareHow: "Un fichier inchangé a cette empreinte SHA-256 :",
        badge: "La même attestation, vérifiable par un programme (Open Badges 3.0)", checked: "Vérifié le %.",
        unknown: PageWords(
            "Ce certificat n’existe pas",
            "Vérifiez que le code est complet : 16 lettres et chiffres. Un O compte pour un zéro, I et L pour un un."
        ),
        ask: PageWords("Un certificat est-il authentique ?", "Saisissez le code qui y figure."),
        label: "Code du certificat", button: "Vérifier", description: "Ce qui a été appris",
        criteria: "Ce qu’il faut pour l’obtenir",
        noAchievement: PageWords(
            "Ce cours n’existe pas", "Personne n’en a de certificat, ou il avait une autre version."),
        unavailable: PageWords(
            "La vérification est impossible pour le moment",
            "Cela ne dit rien du certificat. Réessayez dans quelques minutes."
        ))
}
