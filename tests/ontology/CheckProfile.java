import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

/**
 * Prints one line per violation of OWL 2 DL in each file named, then the number of axioms read.
 *
 * Run as a single file, with the jars of Debian's libowlapi-java:
 * java -cp '/usr/share/java/*' CheckProfile.java ontology.ttl
 */
public final class CheckProfile {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new File(file));
            OWLProfileReport report = Profiles.OWL2_DL.checkOntology(ontology);
            for (OWLProfileViolation violation : report.getViolations()) {
                System.out.println("violation\t" + violation);
            }
            System.out.println("axioms\t" + ontology.getAxiomCount());
        }
    }

    private CheckProfile() {}
}
