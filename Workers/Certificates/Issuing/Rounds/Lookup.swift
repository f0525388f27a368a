import CertificateRecord
import PostgresClient

/// What the database knows of what many jobs ask for.
enum Lookup {
    /// Of one of them.
    struct Found: Sendable {
        let learner: String
        let courseName: String
        /// Of the course, as named or the newest.
        let version: Int
        let course: CourseRow?
        let row: LearnerRow?
        /// What was issued last to this learner for this version.
        let latest: CertificateDescription?
    }

    /// - Returns: for each order, in their order; nothing for one that names a certificate which there is not.
    static func find(_ orders: [CertificateOrder], in client: PostgresClient) async throws -> [Found?] {
        var (learners, courses, codes): ([String?], [String?], [String?]) = ([], [], [])
        var versions: [Int?] = []
        for order in orders {
            switch order.kind {
            case .first(let learner, let course, let version):
                learners.append(learner)
                courses.append(course)
                versions.append(version)
                codes.append(nil)
            case .edition(let code, _):
                learners.append(nil)
                courses.append(nil)
                versions.append(nil)
                codes.append(code.text)
            }
        }
        return try await client.query(
            statement, [.texts(learners), .texts(courses), .integers(versions), .texts(codes)]
        ).map(found)
    }

    private static func found(_ row: PostgresRow) throws -> Found? {
        guard let learner: String = try row["wanted_learner"] else { return nil }
        let id: Int? = try row["id"]
        return Found(
            learner: learner, courseName: try row["wanted_course"], version: try row["wanted_version"],
            course: try CourseRow(row), row: try LearnerRow(row),
            latest: try id.map { _ in try CertificateDescription(row) })
    }

    private static let statement = """
        SELECT w.learner AS wanted_learner, w.course AS wanted_course, w.version AS wanted_version,
            k.title, k.description, k.criteria, k.instructor, k.signature, k.valid_months, k.issuer, k.template, k.page,
            k.language AS course_language, l.name, l.language AS learner_language, l.mail::text AS mail,
            \(CertificateDescription.columns)
        FROM (
            SELECT w.place, coalesce(r.learner, w.learner) AS learner, coalesce(r.course, w.course) AS course,
                coalesce(r.version, w.version, (
                    SELECT max(version) FROM coursework.certificate_courses k WHERE k.course = w.course), 1) AS version
            FROM unnest($1::text[], $2::text[], $3::int[], $4::text[])
                WITH ORDINALITY AS w (learner, course, version, code, place)
            LEFT JOIN coursework.certificates r ON r.code = w.code
        ) AS w
        LEFT JOIN coursework.certificate_courses k ON k.course = w.course AND k.version = w.version
        LEFT JOIN coursework.certificate_learners l ON l.learner = w.learner
        LEFT JOIN LATERAL (
            SELECT * FROM coursework.certificates c
            WHERE c.learner = w.learner AND c.course = w.course AND c.version = w.version
            ORDER BY c.edition DESC LIMIT 1
        ) AS c ON true
        ORDER BY w.place
        """
}
