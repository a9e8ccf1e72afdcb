package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The annotations name the properties; here is what holds between them. */
final class PropertyNamesTest {
    private static final Map<Class<?>, Class<?>> RESOURCES = Map.of(
            Service.class, ServiceArgs.class,
            AccessRole.class, AccessRoleArgs.class,
            InstanceRole.class, InstanceRoleArgs.class,
            Repository.class, RepositoryArgs.class,
            RepositoryPolicy.class, RepositoryPolicyArgs.class);

    @TestFactory
    Set<DynamicTest> everyInputIsAlsoAnOutput() {
        return RESOURCES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().getSimpleName(),
                        () -> assertThat(outputs(entry.getKey())).containsAll(inputs(entry.getValue()))))
                .collect(Collectors.toSet());
    }

    @Test
    void aPropertyIsNamedAsItsField() {
        for (var type : RESOURCES.values()) {
            assertThat(fieldsOf(type).filter(field -> field.isAnnotationPresent(Import.class)))
                    .allSatisfy(field ->
                            assertThat(field.getAnnotation(Import.class).name()).isEqualTo(field.getName()));
        }
    }

    @Test
    void anImageServiceTakesWhatAServiceTakes() {
        assertThat(inputs(ImageServiceArgs.class))
                .containsAll(inputs(ServiceArgs.class))
                .contains("accountId");
    }

    @Test
    void nestedOutputsHaveTheNamesOfTheirInputs() {
        assertThat(fields(HealthCheck.class)).isEqualTo(inputs(HealthCheckArgs.class));
        assertThat(fields(Scaling.class)).isEqualTo(inputs(ScalingArgs.class));
        assertThat(fields(PolicyStatement.class)).isEqualTo(inputs(PolicyStatementArgs.class));
        assertThat(fields(Network.class)).isEqualTo(inputs(NetworkArgs.class));
        assertThat(fields(Observability.class)).isEqualTo(inputs(ObservabilityArgs.class));
    }

    @Test
    void aBuilderThatStartsFromArgumentsKeepsThem() {
        var args = ScalingArgs.builder().minSize(2).maxSize(3).build();

        var changed = ScalingArgs.builder(args).maxSize(4).build();

        assertThat(changed.minSize()).isEqualTo(args.minSize());
        assertThat(changed.maxSize()).isNotEqualTo(args.maxSize());
    }

    private static Set<String> inputs(Class<?> type) {
        return fieldsOf(type)
                .map(field -> field.getAnnotation(Import.class))
                .filter(Objects::nonNull)
                .map(Import::name)
                .collect(Collectors.toSet());
    }

    /** With those of its superclass, as the SDK reads them. */
    private static Stream<Field> fieldsOf(Class<?> type) {
        return Stream.of(type, type.getSuperclass()).flatMap(each -> Arrays.stream(each.getDeclaredFields()));
    }

    private static Set<String> outputs(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .map(field -> field.getAnnotation(Export.class))
                .filter(Objects::nonNull)
                .map(Export::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).map(Field::getName).collect(Collectors.toSet());
    }
}
