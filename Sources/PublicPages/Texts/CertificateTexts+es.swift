extension CertificateTexts {
    static let spanish = Self(
        title: "Certificado", certifies: "Se certifica que", completed: "ha completado con éxito el curso",
        valid: PageWords(
            "Este certificado es válido", "Se expidió tal como se muestra aquí y no se ha retirado nada de él."),
        expired: PageWords("Este certificado ha caducado", "Es auténtico y fue válido hasta el %."),
        revoked: PageWords("Este certificado fue revocado", "No es válido desde el %."),
        reissued: PageWords(
            "Este certificado fue sustituido",
            "Uno corregido ocupa su lugar y este ya no es válido. Pida el nuevo a su titular."
        ),
        erased: "Ya no se guarda a quién pertenecía.",
        issuedOn: "Fecha de emisión", validUntil: "Válido hasta", number: "Número", code: "Código", edition: "Edición",
        compare: "Comparar el archivo",
        compareHow: "Un archivo sin cambios tiene esta suma SHA-256:",
        badge: "Lo mismo como credencial que los programas pueden verificar (Open Badges 3.0)",
        checked: "Comprobado el %.",
        unknown: PageWords(
            "No existe tal certificado",
            "Compruebe que el código esté completo: 16 letras y cifras. La O cuenta como cero; la I y la L, como uno."
        ),
        ask: PageWords("¿Es auténtico un certificado?", "Introduzca el código que figura en él."),
        label: "Código del certificado", button: "Comprobar", description: "Lo aprendido", criteria: "Lo que se exige",
        noAchievement: PageWords("No existe tal curso", "Nadie tiene un certificado de él, o tenía otra versión."),
        unavailable: PageWords(
            "Ahora no se puede consultar",
            "Esto no dice nada del certificado. Inténtelo de nuevo dentro de unos minutos."
        ))
}
