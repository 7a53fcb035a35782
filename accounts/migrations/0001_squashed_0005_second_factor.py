import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopadmin.models.new_models import CreateModels


class Migration(migrations.Migration):
    """The tables of a new shop, made at once. An older shop goes on through the migrations that are named here."""

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_addresses_in_sessions'),
        ('accounts', '0003_sign_ins'),
        ('accounts', '0004_fingerprints_with_the_erasure_key'),
        ('accounts', '0005_second_factor'),
    ]

    initial = True

    # What the replaced ones need, and nothing later: a shop may have all of them, and lack later ones of another app.
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('created_at', models.DateTimeField(null=True)),
                    ('seen_at', models.DateTimeField(null=True)),
                    ('client', models.CharField(blank=True, max_length=200)),
                    ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                },
            ),
            migrations.CreateModel(
                name='SessionAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='accounts.session')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('fingerprint', 'session'), name='one_address_once_a_session')],
                },
            ),
            migrations.CreateModel(
                name='SetUpCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code_hash', models.CharField(max_length=64)),
                    ('expires_at', models.DateTimeField()),
                    ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='set_up_code', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SignIn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    ('method', models.CharField(choices=[('password', 'Password'), ('code', 'Email code'), ('link', 'Password link'), ('passkey', 'Passkey')], max_length=10)),
                    ('client', models.CharField(blank=True, max_length=200)),
                    ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['customer', 'at'], name='sign_ins_of_customer')],
                },
            ),
        ]),
    ]
