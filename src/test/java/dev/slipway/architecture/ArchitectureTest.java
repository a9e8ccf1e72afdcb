package dev.slipway.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The wall of the house: what each package may use. One row a package; a package without a row fails. */
final class ArchitectureTest {
    private static final String ROOT = "dev.slipway";
    private static final int MOST_LINES = 400;

    private static final String JSON = "com.fasterxml.jackson..";
    private static final String NETTY = "io.netty..";
    private static final String AWS_MODEL = "software.amazon.awssdk..";
    private static final String PROTOBUF = "com.google.protobuf..";
    private static final String PULUMI = "com.pulumi..";

    private static final List<Room> HOUSE = List.of(
            room("property").mayUse(),
            room("property.wire").uses("property").mayUse(PROTOBUF),
            room("policy").mayUse(JSON),
            room("packing").mayUse(),
            room("oci").mayUse(JSON),
            room("oci.remote").uses("oci").mayUse(JSON),
            room("protocol").uses("property").mayUse(),
            room("runner").mayUse(PULUMI, "io.grpc.."),
            room("").uses("oci", "runner").mayUse(PULUMI),
            room("stack").uses("", "oci").mayUse(PULUMI, JSON),
            room("provider").uses("property", "protocol").mayUse(JSON),
            room("provider.aws")
                    .uses("property", "protocol", "provider", "policy", "oci", "oci.remote")
                    .mayUse(JSON, AWS_MODEL),
            room("provider.plugin")
                    .uses("property", "property.wire", "protocol")
                    .mayUse("pulumirpc..", PROTOBUF, "com.google.rpc..", "io.grpc.."),
            room("engine.state").uses("property", "protocol").mayUse(JSON),
            room("engine").uses("property", "protocol", "engine.state").mayUse(),
            room("engine.program")
                    .uses("property", "property.wire", "protocol", "engine", "runner")
                    .mayUse(PULUMI, "pulumirpc..", PROTOBUF, "com.google.common..", "com.google.gson..", "io.grpc.."),
            room("engine.plugin")
                    .uses("property", "property.wire", "protocol")
                    .mayUse("pulumirpc..", PROTOBUF, "com.google.rpc..", "io.grpc.."),
            room("cloud.store").mayUse(JSON),
            room("cloud.http").uses("cloud.http.message").mayUse(NETTY),
            room("cloud.http.message").mayUse(NETTY),
            room("cloud.tls").uses("cloud.http").mayUse(NETTY, "org.bouncycastle..", "javax.security.auth.x500.."),
            room("cloud.trouble").uses("cloud.http").mayUse(JSON),
            room("cloud.wire").uses("cloud.http", "cloud.trouble").mayUse(JSON, AWS_MODEL),
            room("cloud.wire.table").mayUse(JSON),
            room("cloud.logs").uses("cloud.wire", "cloud.store").mayUse(JSON, AWS_MODEL),
            room("cloud.iam")
                    .uses("policy", "cloud.trouble", "cloud.wire", "cloud.store")
                    .mayUse(JSON, AWS_MODEL),
            room("cloud.secrets").uses("policy", "cloud.wire", "cloud.store").mayUse(JSON, AWS_MODEL),
            room("cloud.sts")
                    .uses("policy", "cloud.wire", "cloud.store", "cloud.iam")
                    .mayUse(JSON, AWS_MODEL),
            room("cloud.registry")
                    .uses("oci", "cloud.http", "cloud.store", "cloud.trouble")
                    .mayUse(JSON),
            room("cloud.ecr")
                    .uses("oci", "oci.remote", "policy", "cloud.wire", "cloud.http", "cloud.store", "cloud.registry")
                    .mayUse(JSON, AWS_MODEL),
            room("cloud.gallery").uses("oci", "cloud.gallery.hello").mayUse(JSON),
            room("cloud.gallery.hello").mayUse("com.sun.net.httpserver.."),
            room("cloud.runtime").uses("oci", "cloud.http").mayUse(JSON, NETTY, "com.github.luben.zstd.."),
            room("cloud.egress").uses("cloud.http").mayUse(NETTY),
            room("cloud.balancer").uses("cloud.http", "cloud.http.message").mayUse(NETTY),
            room("cloud.autoscaler").mayUse(),
            room("cloud.apprunner")
                    .uses(
                            "oci",
                            "oci.remote",
                            "policy",
                            "cloud.trouble",
                            "cloud.wire",
                            "cloud.http",
                            "cloud.store",
                            "cloud.logs",
                            "cloud.runtime",
                            "cloud.balancer",
                            "cloud.autoscaler",
                            "cloud.trouble")
                    .mayUse(JSON, NETTY, AWS_MODEL),
            room("cloud")
                    .uses(
                            "oci",
                            "oci.remote",
                            "cloud.apprunner",
                            "cloud.balancer",
                            "cloud.ecr",
                            "cloud.egress",
                            "cloud.gallery",
                            "cloud.http",
                            "cloud.iam",
                            "cloud.logs",
                            "cloud.registry",
                            "cloud.runtime",
                            "cloud.secrets",
                            "cloud.store",
                            "cloud.sts",
                            "cloud.tls",
                            "cloud.trouble",
                            "cloud.wire")
                    .mayUse(JSON, NETTY),
            room("automation")
                    .uses(
                            "property",
                            "protocol",
                            "engine",
                            "engine.state",
                            "engine.program",
                            "engine.plugin",
                            "provider.aws",
                            "cloud")
                    .mayUse(PULUMI),
            room("junit").uses("automation").mayUse(PULUMI, "org.junit.jupiter.api.."),
            room("cli.project").mayUse(JSON, "org.yaml.snakeyaml.."),
            room("cli.local").mayUse(JSON),
            room("cli.display")
                    .uses("property", "protocol", "engine", "engine.state")
                    .mayUse(JSON),
            room("cli")
                    .uses(
                            "property",
                            "protocol",
                            "oci",
                            "oci.remote",
                            "engine",
                            "engine.state",
                            "engine.program",
                            "engine.plugin",
                            "provider",
                            "provider.aws",
                            "provider.plugin",
                            "cloud",
                            "cli.project",
                            "cli.local",
                            "cli.display")
                    .mayUse(JSON, "picocli.."));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> everyRoomUsesOnlyWhatItsRowSays() {
        return HOUSE.stream()
                .map(room -> DynamicTest.dynamicTest(room.packageName(), () -> classes()
                        .that(resideInAPackage(room.packageName()))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(room.allowed()))
                        .allowEmptyShould(true)
                        .check(CLASSES)));
    }

    @Test
    void everyPackageHasARow() {
        Set<String> rows = new TreeSet<>();
        HOUSE.forEach(room -> rows.add(room.packageName()));
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(type -> packages.add(type.getPackageName()));
        assertThat(rows).containsAll(packages);
    }

    @Test
    void noPackageIsInACycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItKnowsAndMustNotKnow() {
        CLASSES.stream().map(JavaClass::getPackage).distinct().forEach(packageOf -> assertThat(
                        packageOf.tryGetPackageInfo())
                .as(packageOf.getName() + " has a package-info.java")
                .isPresent());
    }

    @Test
    void noFileIsLongerThanTheBudget() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MOST_LINES));
        }
    }

    @Test
    void noPackageIsAGrabBag() {
        Set<String> banned = Set.of("util", "common", "model", "dto", "impl", "internal", "manager");
        assertThat(CLASSES.stream().map(JavaClass::getPackage).map(JavaPackage::getRelativeName))
                .doesNotContainAnyElementsOf(banned);
    }

    private static Room room(String name) {
        return new Room(name, List.of(), List.of());
    }

    /** A package, the packages of the house that it may use, and the libraries. */
    private record Room(String name, List<String> rooms, List<String> libraries) {
        Room uses(String... names) {
            return new Room(name, List.of(names), libraries);
        }

        Room mayUse(String... packages) {
            return new Room(name, rooms, List.of(packages));
        }

        String packageName() {
            return named(name);
        }

        String[] allowed() {
            return Stream.of(
                            Stream.of(
                                    "java..",
                                    "javax.crypto..",
                                    "javax.net..",
                                    "javax.xml..",
                                    "org.jspecify..",
                                    packageName()),
                            rooms.stream().map(Room::named),
                            libraries.stream())
                    .flatMap(packages -> packages)
                    .toArray(String[]::new);
        }

        private static String named(String room) {
            return room.isEmpty() ? ROOT : ROOT + "." + room;
        }
    }
}
